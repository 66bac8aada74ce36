package dev.interdict.server.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The proxies whose word counts on where a request comes from and whether it came over TLS. The
/// word of anybody else is nothing but a header that whoever sends it chose.
///
/// @param networks each an address, or a network as `10.1.0.0/16`
public record Proxies(List<Network> networks) {
  /// Nobody's word counts: the client is whoever is connected.
  public static final Proxies NONE = new Proxies(List.of());

  public Proxies {
    networks = List.copyOf(networks);
  }

  /// Understands addresses and networks.
  ///
  /// @throws IllegalArgumentException if one is neither
  public static Proxies of(List<String> texts) {
    return new Proxies(texts.stream().map(Network::of).toList());
  }

  /// Addresses that begin alike.
  ///
  /// @param bits how many bits of the address count
  public record Network(InetAddress address, int bits) {
    private static Network of(String text) {
      var slash = text.indexOf('/');
      try {
        var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        var most = address.getAddress().length * 8;
        var bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
        if (bits >= 1 && bits <= most) {
          return new Network(address, bits);
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(unfit(text), e);
      }
      throw new IllegalArgumentException(unfit(text));
    }

    private static String unfit(String text) {
      return "\"" + text + "\" is no address or network; write such as 10.1.2.3 or 10.1.0.0/16";
    }

    private boolean contains(InetAddress other) {
      var own = address.getAddress();
      var its = other.getAddress();
      if (own.length != its.length) {
        return false;
      }
      var whole = bits / 8;
      if (!Arrays.equals(own, 0, whole, its, 0, whole)) {
        return false;
      }
      var rest = bits % 8;
      return rest == 0 || (own[whole] ^ its[whole]) >> 8 - rest == 0;
    }
  }

  /// Where a request comes from.
  ///
  /// @param address in digits
  /// @param secure whether the client spoke TLS
  record Client(String address, boolean secure) {}

  /// The client behind the peer: the last address in the chain that is no trusted proxy's. Each
  /// proxy adds the address of whoever it hears, so what stands before that is hearsay.
  ///
  /// @param peer in digits, whoever is connected
  /// @param forwardedFor the fields `X-Forwarded-For` in their order
  /// @param forwardedProto the fields `X-Forwarded-Proto` in their order
  Client client(
      String peer, boolean secure, List<String> forwardedFor, List<String> forwardedProto) {
    if (!isTrusted(address(peer))) {
      return new Client(peer, secure);
    }
    var client = peer;
    var chain = String.join(",", forwardedFor).split(",", -1);
    for (var i = chain.length - 1; i >= 0; i--) {
      var hop = address(chain[i].strip());
      if (hop == null) {
        break;
      }
      client = hop.getHostAddress();
      if (!isTrusted(hop)) {
        break;
      }
    }
    var said = forwardedProto.isEmpty() ? "" : forwardedProto.getLast().strip();
    return new Client(client, secure || said.equalsIgnoreCase("https"));
  }

  private boolean isTrusted(@Nullable InetAddress address) {
    return address != null && networks.stream().anyMatch(network -> network.contains(address));
  }

  private static @Nullable InetAddress address(String digits) {
    try {
      return InetAddress.ofLiteral(digits);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
