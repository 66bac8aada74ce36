package dev.interdict.server.cli.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.service.ServiceManager;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What reaches a real socket of a service manager.
@Tag("any-database")
class VitalsIT {
  private static final String MICROS = "300000";

  @TempDir Path folder;

  private ServiceManager manager(NotifySocket socket) {
    return ServiceManager.of(
        Map.of("NOTIFY_SOCKET", socket.name, "WATCHDOG_USEC", MICROS), 1, UnixDatagram::send);
  }

  /// A listener that answers as long as it is told to.
  private static ServerSocket listener(boolean answers) throws Exception {
    var listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              var one = listening.accept();
              if (answers) {
                one.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                one.close();
              }
            }
          } catch (java.io.IOException e) {
            // It was closed.
          }
        });
    return listening;
  }

  @Test
  void states_arrive_at_a_path_and_at_an_abstract_name() throws Exception {
    for (var name : List.of(folder.resolve("notify").toString(), "@interdict-" + folder)) {
      try (var socket = new NotifySocket(name)) {
        manager(socket).ready("well");
        manager(socket).reloading();
        manager(socket).stopping();
        assertEquals(
            List.of("READY=1\nSTATUS=well", "RELOADING=1", "STOPPING=1"),
            socket.until("STOPPING", Duration.ofSeconds(5)));
      }
    }
  }

  @Test
  void it_beats_while_the_listener_answers_and_no_longer() throws Exception {
    try (var socket = new NotifySocket(folder.resolve("notify").toString())) {
      try (var listening = listener(true);
          var vitals =
              Vitals.start(
                  manager(socket), new Knock("127.0.0.1", listening.getLocalPort(), null))) {
        assertTrue(vitals != null);
        assertEquals(List.of("WATCHDOG=1"), socket.until("WATCHDOG", Duration.ofSeconds(5)));
        assertEquals(List.of("WATCHDOG=1"), socket.until("WATCHDOG", Duration.ofSeconds(5)));
      }
      var _ = socket.until("nothing", Duration.ofMillis(300));
      try (var stalled = listener(false);
          var vitals =
              Vitals.start(manager(socket), new Knock("127.0.0.1", stalled.getLocalPort(), null))) {
        assertTrue(vitals != null);
        assertEquals(List.of(), socket.until("WATCHDOG", Duration.ofSeconds(1)));
      }
    }
  }

  @Test
  void where_nobody_looks_there_is_no_watchdog() {
    var elsewhere = Map.of("NOTIFY_SOCKET", "/run/x", "WATCHDOG_USEC", MICROS, "WATCHDOG_PID", "2");
    for (var environment : List.of(Map.<String, String>of(), elsewhere)) {
      var manager = ServiceManager.of(environment, 1, (_, _) -> {});
      assertNull(Vitals.start(manager, new Knock("127.0.0.1", 1, null)));
    }
  }
}
