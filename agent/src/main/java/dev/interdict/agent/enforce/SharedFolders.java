package dev.interdict.agent.enforce;

import dev.interdict.agent.inventory.BytePath;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Folders of Windows and macOS that hold other software or the user's own work, so never part of
/// one tool. Compared as these systems compare names: without regard to case, and with accents in
/// one form.
final class SharedFolders {
  private static final List<String> SYSTEM =
      lines(
          """
          /windows/system32
          /windows/syswow64
          /windows/winsxs
          /program files/windowsapps
          /program files/common files
          /program files/nodejs/node_modules
          /program files (x86)/common files
          /programdata/microsoft
          /programdata/chocolatey/lib
          /programdata/chocolatey/bin
          /programdata/package cache
          /users/public
          /users/default
          /users/shared
          /applications/utilities
          /library/launchagents
          /library/launchdaemons
          /library/application support
          /library/extensions
          /library/frameworks
          /library/preferences
          /library/keychains
          /opt/homebrew/bin
          /opt/homebrew/lib/node_modules
          /opt/homebrew/caskroom
          /opt/homebrew/cellar
          /usr/local/caskroom
          /usr/local/cellar
          /private/etc
          /private/var/db/receipts
          """);

  private static final List<String> HOME =
      lines(
          """
          /appdata/local/microsoft/windows
          /appdata/local/microsoft/windowsapps
          /appdata/local/microsoft/winget/packages
          /appdata/local/microsoft/winget/links
          /appdata/local/packages
          /appdata/local/programs
          /appdata/local/temp
          /appdata/locallow
          /appdata/roaming/microsoft
          /appdata/roaming/npm/node_modules
          /appdata/roaming/code/user
          /scoop/apps
          /scoop/shims
          /scoop/persist
          /onedrive
          /ntuser.dat
          /library/launchagents
          /library/application support/google/chrome
          /library/application support/code/user
          /library/application support/com.apple.tcc
          /library/caches
          /library/containers
          /library/preferences
          /library/keychains
          /library/mail
          /library/messages
          /library/mobile documents
          /applications
          /movies
          """);

  /// With all that is in them: what somebody mounted, and the keys of a person.
  private static final List<String> WHOLE_SYSTEM = List.of("/volumes", "/system");

  private static final List<String> WHOLE_HOME = List.of("/library/keychains");

  private SharedFolders() {}

  /// Whether a path is one of them, holds one, or lies in one that is whole.
  ///
  /// @param home null for machine-wide paths
  static boolean hold(@Nullable BytePath home, BytePath path) {
    if (home != null && !path.startsWith(home)) {
      return true;
    }
    var shown = folded(home == null ? path : path.relativeTo(home));
    var folders = home == null ? SYSTEM : HOME;
    var whole = home == null ? WHOLE_SYSTEM : WHOLE_HOME;
    return folders.stream().anyMatch(folder -> within(folder, shown))
        || whole.stream().anyMatch(folder -> within(shown, folder));
  }

  private static boolean within(String path, String folder) {
    return path.equals(folder) || path.startsWith(folder + "/");
  }

  private static String folded(BytePath path) {
    return Normalizer.normalize(path.toString(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  private static List<String> lines(String text) {
    return Stream.of(text.split("\n")).filter(line -> !line.isBlank()).toList();
  }
}
