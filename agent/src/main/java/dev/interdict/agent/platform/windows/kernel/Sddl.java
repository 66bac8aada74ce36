package dev.interdict.agent.platform.windows.kernel;

import java.util.Set;

/// Whether an access list lets nobody but the system and administrators in, read from its text.
/// Spec: MS-DTYP 2.5.1, "Security Descriptor Description Language". What is not understood is not
/// private.
final class Sddl {
  /// What a folder of ours is made with: the two of them, for all that is below, and nobody that it
  /// inherits from its own folder.
  static final String PRIVATE = "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";

  private static final Set<String> OURS = Set.of("SY", "BA", "S-1-5-18", "S-1-5-32-544");
  private static final int LONGEST = 64 << 10;

  private Sddl() {}

  /// @param text of the access list alone, `D:` with its flags and entries
  static boolean isPrivate(String text) {
    if (!text.startsWith("D:") || text.length() > LONGEST) {
      return false;
    }
    var first = text.indexOf('(');
    if (first < 0) {
      return false;
    }
    var flags = text.substring(2, first);
    // Protected, so that nothing is inherited from a folder that somebody may write to.
    if (!flags.startsWith("P") || flags.contains("NO_ACCESS_CONTROL")) {
      return false;
    }
    var at = first;
    while (at < text.length()) {
      var end = text.indexOf(')', at);
      if (text.charAt(at) != '(' || end < 0 || !entryIsOurs(text.substring(at + 1, end))) {
        return false;
      }
      at = end + 1;
    }
    return true;
  }

  /// `type;flags;rights;object;inherited object;trustee`. Denying harms nobody.
  private static boolean entryIsOurs(String entry) {
    var fields = entry.split(";", -1);
    if (fields.length != 6) {
      return false;
    }
    return fields[0].equals("D") || fields[0].equals("A") && OURS.contains(fields[5]);
  }
}
