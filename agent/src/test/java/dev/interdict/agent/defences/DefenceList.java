package dev.interdict.agent.defences;

import dev.interdict.agent.defences.Defence.TestName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Reads the lists. A defence begins with its threats and name, names a class (below
/// `dev.interdict`), its lines and what stands there without it, and the tests:
///
/// ```
/// T7 T24: no link is followed on the way
///   in agent.platform.linux.kernel.Kernel
///   - static final long SAFE = 0x01 | 0x02 | 0x04 | 0x08;
///   + static final long SAFE = 0x01 | 0x02 | 0x08;
///   fails agent.platform.linux.LinuxTreeTest#links_are_followed_nowhere
/// ```
final class DefenceList {
  static final List<String> AREAS =
      List.of(
          "opening",
          "quarantine",
          "disk",
          "stopping",
          "managers",
          "gate",
          "guard",
          "reading",
          "deciding");

  private static final String BELOW = "dev.interdict.";
  private static final Pattern HEAD = Pattern.compile("((?:T[0-9]+ )*T[0-9]+|-): (\\S.*)");

  private final String area;
  private final List<Defence> defences = new ArrayList<>();
  private List<String> threats = List.of();
  private String name = "";
  private String type = "";
  private List<String> lines = new ArrayList<>();
  private List<String> without = new ArrayList<>();
  private final List<Edit> edits = new ArrayList<>();
  private final List<TestName> tests = new ArrayList<>();

  private DefenceList(String area) {
    this.area = area;
  }

  /// All lists, in their order.
  static List<Defence> all() throws IOException {
    var all = new ArrayList<Defence>();
    for (var area : AREAS) {
      try (var in = DefenceList.class.getResourceAsStream(area + ".txt")) {
        if (in == null) {
          throw new IOException("no list " + area + ".txt");
        }
        all.addAll(parse(area, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
      }
    }
    return all;
  }

  /// @throws IllegalArgumentException on the first line that is not understood
  static List<Defence> parse(String area, String text) {
    var list = new DefenceList(area);
    for (var line : text.lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        list.line(line);
      }
    }
    list.end();
    return list.defences;
  }

  private void line(String line) {
    var head = HEAD.matcher(line);
    if (head.matches()) {
      end();
      threats = head.group(1).equals("-") ? List.of() : List.of(head.group(1).split(" "));
      name = head.group(2);
    } else if (line.startsWith("  in ")) {
      edit();
      type = BELOW + line.substring(5).strip();
    } else if (line.startsWith("  fails ")) {
      tests.add(TestName.parse(BELOW + line.substring(8).strip()));
    } else if (line.startsWith("  - ")) {
      if (!without.isEmpty()) {
        edit();
      }
      lines.add(line.substring(4).strip());
    } else if (line.startsWith("  + ")) {
      without.add(line.substring(4).strip());
    } else {
      throw new IllegalArgumentException(area + ".txt, at \"" + name + "\": " + line);
    }
  }

  /// A second change of the same class begins with its first line after what replaced the last.
  private void edit() {
    if (!lines.isEmpty()) {
      edits.add(new Edit(type, lines, without));
    }
    lines = new ArrayList<>();
    without = new ArrayList<>();
  }

  private void end() {
    edit();
    if (!name.isEmpty()) {
      if (edits.isEmpty() || tests.isEmpty()) {
        throw new IllegalArgumentException(area + ".txt: \"" + name + "\" lacks lines or tests");
      }
      defences.add(new Defence(area, threats, name, edits, tests));
    }
    edits.clear();
    tests.clear();
    name = "";
  }
}
