package dev.interdict.agent.sources.use;

import java.util.List;
import java.util.Locale;

/// Whose service an address is. Only this answer leaves: an address may hold a key.
final class Endpoint {
  private Endpoint() {}

  /// Whether one of those is the address of somebody else's service than Anthropic's own.
  static boolean foreign(List<String> addresses) {
    return addresses.stream().anyMatch(address -> !address.isBlank() && !anthropic(address));
  }

  private static boolean anthropic(String address) {
    var text = address.strip().toLowerCase(Locale.ROOT);
    var from = text.indexOf("://");
    var rest = from < 0 ? text : text.substring(from + 3);
    var end = 0;
    while (end < rest.length() && "/?#\\".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    var authority = rest.substring(0, end);
    var host = authority.substring(authority.lastIndexOf('@') + 1);
    var colon = host.indexOf(':');
    var name = colon < 0 ? host : host.substring(0, colon);
    return name.equals("anthropic.com") || name.endsWith(".anthropic.com");
  }
}
