package dev.interdict.agent.platform.linux;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads the homes of people out of passwd(5): uid 0 and those from 1000 on, without `nobody`.
/// Lines that do not parse, and homes that are no plain absolute path, are left out.
final class Passwd {
  private static final int FIRST_PERSON = 1000;
  private static final int NOBODY = 65534;
  private static final int NO_UID = -1;

  private Passwd() {}

  static boolean person(int uid) {
    // The kernel's numbers have no sign; directory services give out large ones.
    return Integer.compareUnsigned(uid, FIRST_PERSON) >= 0 && uid != NOBODY && uid != NO_UID;
  }

  static List<Home> homes(byte[] passwd) {
    var homes = new ArrayList<Home>();
    for (var line : new String(passwd, StandardCharsets.ISO_8859_1).split("\n")) {
      var fields = line.split(":", -1);
      if (fields.length < 6 || !fields[2].matches("[0-9]{1,10}")) {
        continue;
      }
      var uid = (int) Math.min(Long.parseLong(fields[2]), 0xffffffffL);
      if (uid == 0 || person(uid)) {
        add(homes, fields[0], uid, fields[5].getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return homes;
  }

  private static void add(List<Home> homes, String user, int uid, byte[] directory) {
    if (directory.length == 0 || directory[0] != '/') {
      return;
    }
    try {
      var path = path(directory);
      var taken = homes.stream().anyMatch(home -> home.path().equals(path));
      if (path.depth() > 0 && !taken) {
        homes.add(new Home(user, uid, path));
      }
    } catch (IllegalArgumentException _) {
      // A home such as /srv/../x: not one that we would act in.
    }
  }

  /// The path of absolute bytes.
  ///
  /// @throws IllegalArgumentException if it climbs
  static BytePath path(byte[] absolute) {
    var path = BytePath.ROOT;
    var name = new ByteArrayOutputStream();
    for (var i = 0; i <= absolute.length; i++) {
      if (i < absolute.length && absolute[i] != '/') {
        name.write(absolute[i]);
      } else if (name.size() > 0) {
        path = path.resolve(name.toByteArray());
        name.reset();
      }
    }
    return path;
  }
}
