package dev.interdict.agent.platform.linux.privilege;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// An account that belongs to no person, by its numbers, from passwd(5).
///
/// @param name as the packages create it, or `nobody`
record SystemAccount(String name, int uid, int gid) {
  private static final int FIRST_PERSON = 1000;
  static final SystemAccount NOBODY = new SystemAccount("nobody", 65534, 65534);

  /// The account of that name; null where there is none, or it is root's or a person's.
  static @Nullable SystemAccount find(byte[] passwd, String name) {
    for (var line : new String(passwd, StandardCharsets.ISO_8859_1).split("\n")) {
      var fields = line.split(":", -1);
      if (fields.length == 7
          && fields[0].equals(name)
          && fields[2].matches("[0-9]{1,3}")
          && fields[3].matches("[0-9]{1,9}")) {
        var account =
            new SystemAccount(name, Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
        return account.uid > 0 && account.uid < FIRST_PERSON && account.gid > 0 ? account : null;
      }
    }
    return null;
  }
}
