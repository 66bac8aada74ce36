package dev.interdict.server.cli.service;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A service manager's end: a real socket that takes datagrams.
public final class NotifySocket implements AutoCloseable {
  private static final MethodHandle SOCKET = call("socket", false, 3);
  private static final MethodHandle BIND =
      handle(
          "bind",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT));
  private static final MethodHandle RECV =
      handle(
          "recv",
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT));
  private static final MethodHandle CLOSE = call("close", false, 1);
  private static final int MSG_DONTWAIT = 0x40;

  private final int socket;
  public final String name;

  public NotifySocket(String name) {
    this.name = name;
    var path = name.getBytes(StandardCharsets.UTF_8);
    var abstractName = path[0] == '@';
    path[0] = abstractName ? 0 : path[0];
    var address =
        ByteBuffer.allocate(2 + path.length + (abstractName ? 0 : 1))
            .order(ByteOrder.nativeOrder())
            .putShort((short) 1)
            .put(path)
            .array();
    try (var arena = Arena.ofConfined()) {
      socket = (int) SOCKET.invokeExact(1, 2, 0);
      var at = arena.allocateFrom(ValueLayout.JAVA_BYTE, address);
      if ((int) BIND.invokeExact(socket, at, address.length) != 0) {
        throw new AssertionError("cannot bind " + name);
      }
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static MethodHandle call(String name, boolean wide, int arguments) {
    var kinds = new ValueLayout[arguments];
    java.util.Arrays.fill(kinds, ValueLayout.JAVA_INT);
    return handle(
        name, FunctionDescriptor.of(wide ? ValueLayout.JAVA_LONG : ValueLayout.JAVA_INT, kinds));
  }

  private static MethodHandle handle(String name, FunctionDescriptor shape) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape);
  }

  /// What came so far and within `time`, until one that begins with `last` is there.
  public List<String> until(String last, Duration time) throws InterruptedException {
    var all = new ArrayList<String>();
    var end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      var next = next();
      if (next == null) {
        Thread.sleep(20);
      } else {
        all.add(next);
        if (next.startsWith(last)) {
          return all;
        }
      }
    }
    return all;
  }

  private @Nullable String next() {
    try (var arena = Arena.ofConfined()) {
      MemorySegment into = arena.allocate(4096);
      var length = (long) RECV.invokeExact(socket, into, 4096L, MSG_DONTWAIT);
      return length < 0
          ? null
          : new String(
              into.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    try {
      var _ = (int) CLOSE.invokeExact(socket);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
