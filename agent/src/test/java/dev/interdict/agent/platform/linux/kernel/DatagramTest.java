package dev.interdict.agent.platform.linux.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.jna.Native;
import dev.interdict.service.Pulse;
import dev.interdict.service.ServiceManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What reaches a real socket of a service manager.
@EnabledOnOs(OS.LINUX)
class DatagramTest {
  private static final int MSG_DONTWAIT = 0x40;

  @TempDir Path folder;

  /// The manager's end.
  private static final class Sockets {
    static {
      Native.register(Sockets.class, "c");
    }

    static native int socket(int domain, int type, int protocol);

    static native int bind(int socket, byte[] address, int length);

    static native long recv(int socket, byte[] into, long length, int flags);

    static native int close(int socket);
  }

  private static int bound(String name) {
    var path = name.getBytes(StandardCharsets.UTF_8);
    var end = path[0] == '@' ? 0 : 1;
    path[0] = path[0] == '@' ? 0 : path[0];
    var address =
        ByteBuffer.allocate(2 + path.length + end)
            .order(ByteOrder.nativeOrder())
            .putShort((short) 1)
            .put(path)
            .array();
    var socket = Sockets.socket(1, 2, 0);
    assertEquals(0, Sockets.bind(socket, address, address.length), name);
    return socket;
  }

  private static List<String> all(int socket) {
    var all = new ArrayList<String>();
    var into = new byte[4096];
    for (var n = 0L; n >= 0; ) {
      n = Sockets.recv(socket, into, into.length, MSG_DONTWAIT);
      if (n >= 0) {
        all.add(new String(into, 0, (int) n, StandardCharsets.UTF_8));
      }
    }
    return all;
  }

  @Test
  void the_guard_tells_its_manager_at_a_path_and_at_an_abstract_name() {
    for (var name : List.of(folder.resolve("notify").toString(), "@interdict-" + folder)) {
      var socket = bound(name);
      var manager = ServiceManager.of(Map.of("NOTIFY_SOCKET", name), 1, Datagram::send);
      manager.ready("watching");
      manager.goesOn();
      manager.stopping();
      assertEquals(List.of("READY=1\nSTATUS=watching", "WATCHDOG=1", "STOPPING=1"), all(socket));
      Sockets.close(socket);
    }
  }

  @Test
  void a_loop_that_stalls_stops_beating() throws Exception {
    var name = folder.resolve("notify").toString();
    var socket = bound(name);
    var manager = ServiceManager.of(Map.of("NOTIFY_SOCKET", name), 1, Datagram::send);
    var nanos = new AtomicLong();
    try (var pulse = new Pulse(nanos::get)) {
      pulse.expect(Duration.ofMinutes(5));
      pulse.start(Duration.ofMillis(20), manager::goesOn);
      Thread.sleep(200);
      assertEquals("WATCHDOG=1", all(socket).getFirst());
      nanos.addAndGet(Duration.ofMinutes(6).toNanos());
      Thread.sleep(100);
      all(socket);
      Thread.sleep(200);
      assertEquals(List.of(), all(socket));
    }
    Sockets.close(socket);
  }

  @Test
  void nobody_there_is_an_error_and_no_harm_to_the_guard() {
    var name = folder.resolve("nobody").toString();
    ServiceManager.of(Map.of("NOTIFY_SOCKET", name), 1, Datagram::send).goesOn();
    assertThrows(
        KernelException.class, () -> Datagram.send(new byte[] {1, 0, 'x', 0}, new byte[1]));
  }
}
