package dev.interdict.agent.sources.reading;

/// Words for where an item came from that name a folder, such as a browser's profile.
public final class Origins {
  private static final int LONGEST = 64;

  private Origins() {}

  /// `host, folder`; the host alone where the folder's name is not plain, since users name folders
  /// and the words are shown.
  public static String in(String host, String folder) {
    return plain(folder) ? host + ", " + folder : host;
  }

  private static boolean plain(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST
        && name.chars()
            .allMatch(c ->
                c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || " ._-".indexOf(c) >= 0);
  }
}
