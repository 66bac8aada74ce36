package dev.interdict.server.webhooks;

import dev.interdict.server.peer.PublicAddress;
import dev.interdict.server.peer.Resolver;
import dev.interdict.server.wording.Sentence;
import dev.interdict.server.wording.SentenceException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Where a message goes: an address, and what its name meant at the moment of the check. The
/// connection is made to those addresses and no others, so that a name that means something else a
/// moment later leads nowhere.
///
/// @param addresses what the name meant, all of them allowed
public record Destination(URI uri, List<InetAddress> addresses) {
  private static final Pattern SHAPE = Pattern.compile("[\\x21-\\x7e]{1,2000}");

  public Destination {
    addresses = List.copyOf(addresses);
  }

  /// The address as it is written, looked at without asking anybody.
  ///
  /// @param named hosts in `server.yaml` that may be inside, each `host` or `host:port`
  /// @throws IllegalArgumentException if it can never be one; the message does not repeat it, since
  ///   chat services put secrets into addresses
  public static URI written(String text, Set<String> named) {
    URI uri;
    try {
      if (!SHAPE.matcher(text).matches()) {
        throw new SentenceException(
            Sentence.of("webhook.ascii", "the address has 1 to 2000 visible ASCII characters"));
      }
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new SentenceException(
          Sentence.of("webhook.url", "the address is no URL: %s", e.getReason()), e);
    }
    var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new SentenceException(
          Sentence.of(
              "webhook.host",
              "the address has a host, and neither a user before nor a # after it"));
    }
    if (!scheme.equals("https") && !(scheme.equals("http") && isNamed(uri, named))) {
      throw new SentenceException(
          Sentence.of(
              "webhook.https",
              "the address begins with https://; http:// is for a loopback address that"
                  + " webhooks.allow in server.yaml names"));
    }
    return uri;
  }

  /// Asks once what the name means, and refuses what is not to be reached.
  ///
  /// @throws IOException if it has no address, or one that nobody is to be sent to
  public static Destination of(URI uri, Set<String> named, Resolver resolver) throws IOException {
    var addresses = resolver.addresses(host(uri));
    for (var address : addresses) {
      var plain = "http".equalsIgnoreCase(uri.getScheme());
      if (plain && !address.isLoopbackAddress()) {
        throw new IOException("http:// is for loopback addresses only");
      }
      if (!PublicAddress.is(address) && !isNamed(uri, named)) {
        throw new IOException(
            host(uri)
                + " is "
                + address.getHostAddress()
                + ", no address of the public internet; if that is meant, name the host in"
                + " webhooks.allow of server.yaml");
      }
    }
    return new Destination(uri, addresses);
  }

  private static boolean isNamed(URI uri, Set<String> named) {
    return named.contains(host(uri)) || named.contains(host(uri) + ":" + port(uri));
  }

  /// The name, in lower case and without the brackets of an address.
  static String host(URI uri) {
    return uri.getHost().toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
  }

  static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
  }
}
