package dev.interdict.server.peer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Tells the addresses of a name.
@FunctionalInterface
public interface Resolver {
  /// The machine's own.
  Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /// All addresses of a name, or of an address in digits.
  List<InetAddress> addresses(String host) throws UnknownHostException;
}
