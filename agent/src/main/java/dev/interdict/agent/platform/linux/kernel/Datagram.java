package dev.interdict.agent.platform.linux.kernel;

/// Datagrams to a socket of this machine, for which Java has no class.
public final class Datagram {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 02000000;

  /// Whoever does not read must not hold us up.
  private static final int MSG_DONTWAIT = 0x40;

  private static final int MSG_NOSIGNAL = 0x4000;

  private Datagram() {}

  /// Sends one.
  ///
  /// @param address a `sockaddr_un` of exactly its length
  /// @throws KernelException if nobody takes it
  public static void send(byte[] address, byte[] message) throws KernelException {
    var type = SOCK_DGRAM | SOCK_CLOEXEC;
    try (var socket = new Fd((int) Kernel.check("socket", () -> Libc.socket(AF_UNIX, type, 0)))) {
      Kernel.check(
          "sendto",
          () ->
              Libc.sendto(
                  socket.number(),
                  message,
                  message.length,
                  MSG_DONTWAIT | MSG_NOSIGNAL,
                  address,
                  address.length));
    }
  }
}
