package dev.interdict.server.peer;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// Which addresses belong to the public internet (IANA's special-purpose registries): all others
/// may be something inside, such as a cloud's metadata service.
public final class PublicAddress {
  private static final List<Net> SPECIAL =
      List.of(
          net("0.0.0.0", 8),
          net("10.0.0.0", 8),
          net("100.64.0.0", 10),
          net("127.0.0.0", 8),
          net("169.254.0.0", 16),
          net("172.16.0.0", 12),
          net("192.0.0.0", 24),
          net("192.0.2.0", 24),
          net("192.88.99.0", 24),
          net("192.168.0.0", 16),
          net("198.18.0.0", 15),
          net("198.51.100.0", 24),
          net("203.0.113.0", 24),
          net("224.0.0.0", 4),
          net("240.0.0.0", 4),
          net("2001::", 23),
          net("2001:db8::", 32),
          // What carries an IPv4 address within is none of ours to unpack.
          net("2002::", 16),
          net("3fff::", 20));

  private static final Net GLOBAL = net("2000::", 3);

  private PublicAddress() {}

  private record Net(byte[] start, int bits) {
    boolean holds(byte[] address) {
      if (address.length != start.length) {
        return false;
      }
      var whole = bits / 8;
      if (!Arrays.equals(address, 0, whole, start, 0, whole)) {
        return false;
      }
      var mask = 0xff << (8 - bits % 8) & 0xff;
      return bits % 8 == 0 || (address[whole] & mask) == (start[whole] & mask);
    }
  }

  private static Net net(String start, int bits) {
    try {
      return new Net(InetAddress.getByName(start).getAddress(), bits);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address in digits needs no resolver", e);
    }
  }

  /// Whether it is an address of the public internet.
  public static boolean is(InetAddress address) {
    var bytes = address.getAddress();
    return switch (address) {
      case Inet4Address _ -> SPECIAL.stream().noneMatch(net -> net.holds(bytes));
      case Inet6Address _ ->
          GLOBAL.holds(bytes) && SPECIAL.stream().noneMatch(net -> net.holds(bytes));
      default -> false;
    };
  }
}
