package dev.interdict.server.web.pages;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where something is worked on elsewhere, as somebody wrote it. Pure functions.
public final class Ticket {
  private static final Set<String> SCHEMES = Set.of("https", "http");

  private Ticket() {}

  /// The address to link to: of the web, with a host, and nobody's name before it that would pass
  /// for one. Null where it is a number or anything else, which is shown as text.
  public static @Nullable String link(String ticket) {
    try {
      var address = new URI(ticket);
      var scheme = address.getScheme();
      return scheme != null
              && SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))
              && address.getHost() != null
              && address.getRawUserInfo() == null
          ? ticket
          : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
