package dev.interdict.server.cli.service;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Datagrams to a UNIX socket on Linux, for which Java has no class, by the platform's own calls.
public final class UnixDatagram {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 02000000;

  /// Whoever does not read must not hold us up.
  private static final int MSG_DONTWAIT = 0x40;

  private static final int MSG_NOSIGNAL = 0x4000;

  private UnixDatagram() {}

  /// The calls, looked up when they are first needed.
  private static final class Calls {
    static final MethodHandle SOCKET =
        call(
            "socket",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT));
    static final MethodHandle SENDTO =
        call(
            "sendto",
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
    static final MethodHandle CLOSE =
        call("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private static MethodHandle call(String name, FunctionDescriptor shape) {
      var linker = Linker.nativeLinker();
      return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape);
    }
  }

  /// Sends one.
  ///
  /// @param address a `sockaddr_un` of exactly its length
  /// @throws IOException if nobody takes it
  public static void send(byte[] address, byte[] message) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var socket = (int) Calls.SOCKET.invokeExact(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
      if (socket < 0) {
        throw new IOException("no socket");
      }
      try {
        send(socket, bytes(arena, address), bytes(arena, message));
      } finally {
        var _ = (int) Calls.CLOSE.invokeExact(socket);
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a call of the system throws nothing", e);
    }
  }

  private static void send(int socket, MemorySegment address, MemorySegment message)
      throws Throwable {
    var sent =
        (long)
            Calls.SENDTO.invokeExact(
                socket,
                message,
                message.byteSize(),
                MSG_DONTWAIT | MSG_NOSIGNAL,
                address,
                (int) address.byteSize());
    if (sent < 0) {
      throw new IOException("nobody takes datagrams there");
    }
  }

  private static MemorySegment bytes(Arena arena, byte[] from) {
    return arena.allocateFrom(ValueLayout.JAVA_BYTE, from);
  }
}
