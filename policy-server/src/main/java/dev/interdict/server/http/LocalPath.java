package dev.interdict.server.http;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The path and query of a page of this server, as a link or a redirect may have it: never another
/// host, whatever a browser makes of it. Pure functions.
public final class LocalPath {
  /// A page of rows of which each is named in the address has so many.
  private static final int LONGEST = 4_000;

  private static final Pattern PATH =
      Pattern.compile("/(?:[A-Za-z0-9_.~-][!-\\[\\]-~]*|\\?[!-\\[\\]-~]*)?");

  private LocalPath() {}

  /// Whether it is one.
  public static boolean is(String text) {
    return text.length() <= LONGEST && PATH.matcher(text).matches();
  }

  /// The parameters of its query by name, each with all of its values in their order.
  ///
  /// @throws RefusedException if they are not encoded as a browser does it
  public static Map<String, List<String>> parameters(String address) {
    var query = address.indexOf('?');
    return query < 0 ? Map.of() : FormEncoding.decode(address.substring(query + 1));
  }
}
