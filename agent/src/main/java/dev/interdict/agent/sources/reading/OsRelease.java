package dev.interdict.agent.sources.reading;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Which distribution of Linux a tree holds, after os-release(5).
public final class OsRelease {
  private static final List<BytePath> FILES =
      List.of(BytePath.parse("/etc/os-release"), BytePath.parse("/usr/lib/os-release"));
  private static final int MAX_BYTES = 64 << 10;

  private OsRelease() {}

  /// The distribution's `ID` (`debian`, `ubuntu`, `fedora`), or `unknown` where nothing says so. A
  /// file that cannot be read is a gap, since identities then lack their vendor.
  public static String id(Places places, String unknown) {
    for (var file : FILES) {
      try {
        var real = Links.real(places.tree(), BytePath.ROOT, file);
        var bytes = real == null ? null : places.tree().read(real, MAX_BYTES);
        if (bytes != null) {
          return id(new String(bytes, StandardCharsets.UTF_8), unknown);
        }
      } catch (UnreadableException e) {
        places.out().gap(e);
      }
    }
    return unknown;
  }

  private static String id(String text, String unknown) {
    return text.lines()
        .filter(line -> line.startsWith("ID="))
        .map(line -> line.substring(3).strip().replaceAll("^([\"'])(.*)\\1$", "$2"))
        .filter(OsRelease::valid)
        .findFirst()
        .orElse(unknown);
  }

  /// Lower-case letters, digits, `.`, `_` and `-`, as the manual allows.
  private static boolean valid(String id) {
    return !id.isEmpty()
        && id.length() <= 64
        && id.chars()
            .allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "._-".indexOf(c) >= 0)
        && !id.contains("..");
  }
}
