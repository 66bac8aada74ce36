package dev.interdict.server.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/// As whom an address counts.
public final class Address {
  private Address() {}

  /// The address itself, or the /64 of IPv6: whoever has one address of such a network has them
  /// all.
  ///
  /// @param digits as a request has it; what is no address counts as itself
  public static String counted(String digits) {
    try {
      var address = InetAddress.ofLiteral(digits);
      if (!(address instanceof Inet6Address six)) {
        return address.getHostAddress();
      }
      var network = Arrays.copyOf(Arrays.copyOf(six.getAddress(), 8), 16);
      return InetAddress.getByAddress(network).getHostAddress() + "/64";
    } catch (IllegalArgumentException | java.net.UnknownHostException e) {
      return digits;
    }
  }
}
