package dev.interdict.agent.platform.linux;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Texts of the system, with the names in them that users choose.
class KernelTextFuzzTest {

  @Test
  void accounts() throws InterruptedException {
    Fuzz.of("passwd")
        .seeds("root:x:0:0:root:/root:/bin/bash\nada:x:1000:1000:,,,:/home/ada:/bin/bash\n")
        .words(":", "\n", "/", "..", "//", "0", "65534", "4294967295", "4294967296")
        .run(input -> {
          for (var home : Passwd.homes(input)) {
            assertTrue(home.path().depth() > 0);
            assertTrue(home.uid() == 0 || Passwd.person(home.uid()));
          }
        });
  }

  @Test
  void mounts() throws InterruptedException {
    Fuzz.of("mounts")
        .seeds("36 35 98:0 / /mnt\\040x rw,noatime master:1 - ext4 /dev/root rw\n")
        .words(" - ", "\\040", "\n", " ")
        .run(input -> Mounts.parse(input).local("/mnt x".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void arguments() throws InterruptedException {
    Fuzz.of("script-argument")
        .seeds("node\0--require\0x\0cli.js\0", "-bash\0-c\0x\0", "/usr/bin/python3\0a.py\0b\0")
        .words("\0", "-c", "--", "node")
        .run(input -> {
          var script = ScriptArgument.of(input);
          assertTrue(script == null || script.length > 0);
        });
  }
}
