package dev.interdict.agent.processes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the kernel tells, where users choose names in it: of programs, arguments and mount points.
class ProcessesFuzzTest {

  @Test
  void names_of_mount_points_are_their_users_choice() throws InterruptedException {
    Fuzz.of("mountinfo")
        .seeds(
            "36 35 98:0 / /mnt rw,noatime master:1 - ext4 /dev/root rw\n"
                + "40 36 0:44 / /home/ada/my\\040disk rw - fuse.sshfs a@b: rw\n",
            "41 36 0:45 / /net rw,relatime shared:2 - nfs4 server:/x rw\n")
        .words(" - ", "fuse", "\\040", "\\012", " ", "/")
        .run(input -> {
          var mounts = Mounts.parse(new String(input, StandardCharsets.ISO_8859_1));
          mounts.silent().forEach(point -> assertTrue(point.getNameCount() > 0));
          mounts.answers(Path.of("/home/ada"));
        });
  }

  @Test
  void names_of_programs_are_their_users_choice() throws InterruptedException {
    Fuzz.of("proc-stat")
        .seeds(
            "7 (a b) S 1 7 7 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 123456 1 1 18446744073709551615")
        .words(")", "(", " ", ") R ")
        .run(input -> assertTrue(ProcFolder.startTicks(Fuzz.text(input)) >= -1));
  }

  @Test
  void arguments() throws InterruptedException {
    Fuzz.of("interpreter-arguments")
        .seeds("node\n--require\nx\ncli.js", "python3.11\n-m\nvenv", "deno\nrun\n--\na")
        .words("\n", "--", "-c", "-e", "run", "node", "python", ".exe")
        .run(input -> {
          var words = List.of(Fuzz.text(input).split("\n", -1));
          var script = Interpreters.script(words.getFirst(), words);
          assertTrue(script == null || words.contains(script));
        });
  }
}
