package dev.interdict.agent.platform.linux.managers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Answers of package managers, in which packages and their scripts write. Whatever they say, a
/// removal is allowed only by the one answer that names the one package and nothing else.
class ManagersFuzzTest {
  private static final String DPKG = "Would remove or purge tool (1.0) ...";
  private static final String APK = "(1/1) Purging tool (1.0-r0)";
  private static final String PACMAN = "tool 1.0-1";

  private interface Verdict {
    void on(Reply reply) throws NotRemovedException;
  }

  /// The input is the output and, after a NUL, the error stream.
  private static Reply reply(byte[] input) {
    var streams = new String(input, StandardCharsets.UTF_8).split("\0", 2);
    return new Reply(0, streams[0], streams.length > 1 ? streams[1] : "");
  }

  /// Whether it is allowed. A refusal is one plain line.
  private static boolean allowed(Verdict verdict, Reply reply) {
    try {
      verdict.on(reply);
      return true;
    } catch (NotRemovedException e) {
      var detail =
          switch (e.outcome()) {
            case Outcome.Refused(var _, var text) -> text;
            case Outcome.Failed(var _, var text) -> text;
            default -> throw new AssertionError(e.outcome());
          };
      assertTrue(detail.length() < 6_000);
      assertTrue(detail.chars().allMatch(c -> c >= ' ' && c < 0x7f), detail);
      return false;
    }
  }

  @Test
  void dpkg() throws InterruptedException {
    Fuzz.of("dpkg-simulation")
        .seeds(
            "(Reading database ... 6 files and directories currently installed.)\n" + DPKG + "\n",
            "\0dpkg: dependency problems prevent removal of tool:\n needs-it depends on tool.\n")
        .words("Would remove or purge ", " (1) ...", " depends on ", "\n", "\0", "tool:amd64")
        .run(input -> {
          var reply = reply(input);
          if (allowed(answer -> Dpkg.verdict("tool", answer), reply)) {
            assertTrue(reply.complaints().isEmpty());
            var taken =
                reply.lines().stream().filter(line -> line.startsWith("Would remove")).toList();
            assertEquals(1, taken.size());
            assertTrue(taken.getFirst().matches("Would remove or purge tool(:\\S*)? \\(.*"));
          }
        });
  }

  @Test
  void rpm() throws InterruptedException {
    Fuzz.of("rpm-test")
        .seeds(
            "",
            "\0rpm: However assuming you know what you are doing...\n",
            "\0error: Failed dependencies:\n\ttool is needed by (installed) needs-it-1-1.noarch\n")
        .words("\t", " is needed by (installed) ", "\n", "\0", "rpm: ", "error: ")
        .run(input -> {
          var reply = reply(input);
          if (allowed(Rpm::verdict, reply)) {
            assertTrue(reply.lines().isEmpty());
            assertTrue(reply.complaints().stream().allMatch(line -> line.startsWith("rpm: ")));
          }
        });
  }

  @Test
  void apk() throws InterruptedException {
    Fuzz.of("apk-simulation")
        .seeds(
            APK + "\nOK: 12 MiB in 15 packages\n",
            "(1/2) Purging tool (1.0-r0)\n(2/2) Purging other (1-r0)\n",
            "World updated, but the following packages are not removed due to:\n  tool: a b\n")
        .words("(1/2) ", "Purging ", "Installing ", "Upgrading ", " (1-r0 -> 2-r0)", "\n", "OK: ")
        .run(input -> {
          var reply = reply(input);
          if (allowed(answer -> Apk.verdict("tool", answer), reply)) {
            assertEquals(
                1,
                reply.lines().stream()
                    .filter(line -> line.startsWith("("))
                    .peek(line -> assertTrue(line.contains(" Purging tool ("), line))
                    .count());
          }
        });
  }

  @Test
  void pacman() throws InterruptedException {
    Fuzz.of("pacman-print")
        .seeds(
            PACMAN + "\n",
            ":: removing tool breaks dependency 'tool' required by needs-it\n",
            ":: HoldPkg was found in target list. Do you want to continue? [y/N] \n")
        .words("tool ", "other 1", "\n", ":: removing ", " required by ", "HoldPkg")
        .run(input -> {
          var reply = reply(input);
          if (allowed(answer -> Pacman.verdict("tool", answer), reply)) {
            assertEquals(1, reply.lines().size());
            assertTrue(reply.lines().getFirst().startsWith("tool "));
          }
        });
  }

  @Test
  void snap() throws InterruptedException {
    Fuzz.of("snap-list")
        .seeds("Name  Version  Rev  Tracking  Publisher  Notes\ntool  1  2  latest  x  base\n")
        .words("Name", "tool", " - ", "base,", "\n", "  ")
        .run(input -> {
          var reply = reply(input);
          allowed(
              answer ->
                  Snap.line("tool", answer)
                      .ifPresent(columns -> {
                        assertEquals("tool", columns[0]);
                        assertEquals(6, columns.length);
                      }),
              reply);
        });
  }

  @Test
  void flatpak() throws InterruptedException {
    Fuzz.of("flatpak-list")
        .seeds("org.example.Tool/x86_64/stable\norg.example.Other/aarch64/1.0\n")
        .words("org.example.Tool/", "/", "\n", "x86_64", "--", "../", "app/")
        .run(input -> {
          var reply = reply(input);
          allowed(
              answer ->
                  Flatpak.refs("org.example.Tool", answer)
                      .forEach(ref ->
                          assertTrue(ref.matches("app/org\\.example\\.Tool/\\w+/[\\w.-]+"), ref)),
              reply);
        });
  }

  @Test
  void records_of_apk() throws InterruptedException {
    Fuzz.of("apk-record")
        .seeds("P:musl\nV:1\n\nP:tool\nV:1.0-r0\nF:usr/bin\nR:tool\n\n")
        .words("P:tool", "\n\n", "F:", "R:", "../", "/")
        .run(input -> {
          var lines = Apk.record(new String(input, StandardCharsets.UTF_8), "tool");
          assertTrue(lines == null || lines.contains("P:tool"));
        });
  }

  @Test
  void lists_of_files() throws InterruptedException {
    Fuzz.of("package-files")
        .seeds("/.\n/usr\n/usr/bin/tool\n", "/usr/share/doc/x y\n")
        .words("/", "/../", "//", "\n", "/./", "%2e%2e")
        .run(input -> {
          try {
            for (var path :
                Listing.paths(List.of(new String(input, StandardCharsets.UTF_8).split("\n")))) {
              assertTrue(path.depth() > 0);
            }
          } catch (NotRemovedException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void owners_of_files() throws InterruptedException {
    var file = BytePath.parse("/usr/bin/tool");
    var names = Map.of("/usr/bin/tool", file, "/bin/tool", file);
    Fuzz.of("dpkg-search")
        .seeds(
            "tool: /usr/bin/tool\n",
            "tool:amd64, tool:i386: /usr/bin/tool\n",
            "diversion by other from: /usr/bin/tool\ntool: /usr/bin/tool\n",
            "other: /bin/tool\ntool: /usr/bin/tool\n")
        .words("tool: ", "/usr/bin/tool", "\n", ", other", ":", "diversion by ")
        .run(input -> {
          var lines = new String(input, StandardCharsets.UTF_8).lines().toList();
          if (!Dpkg.alone("tool", names, lines).isEmpty()) {
            var about =
                lines.stream().filter(line -> line.matches("[^/]*(/usr)?/bin/tool")).toList();
            assertEquals(1, about.size());
            assertTrue(about.getFirst().matches("tool(:[a-z0-9-]+)?: /.*"));
          }
        });
  }
}
