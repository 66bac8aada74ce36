package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.cli.service.NotifySocket;
import dev.interdict.server.store.TestingDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server as a process of its own under a service manager.
class ServiceIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path temp;

  @Test
  void it_says_that_it_is_ready_goes_on_reads_its_settings_anew_and_stops() throws Exception {
    var dir = temp.resolve("server");
    assertEquals(0, Typed.server("init", dir.toString()).code());
    assertEquals(
        0, Typed.server("certificate", "new", "--host", "127.0.0.1", "-d", dir.toString()).code());
    Files.writeString(
        dir.resolve("server.yaml"),
        "tls: {store: server.p12, password-file: server.p12.password}\n",
        StandardOpenOption.APPEND);
    var line = new ArrayList<>(Program.java(InterdictServer.class, "run", dir.toString()));
    line.addAll(List.of("--device-port", "0", "--admin-port", "0", "--accept-clock"));
    line.add(1, "--enable-native-access=ALL-UNNAMED");
    line.addAll(1, TestingDatabase.javaOptions(dir));
    // Who runs these tests beyond its terminal's life ignores the signal, and so would the server.
    line.addAll(0, List.of("/usr/bin/env", "--default-signal=HUP"));
    var log = temp.resolve("log");
    try (var manager = new NotifySocket(temp.resolve("notify").toString())) {
      var builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().put("NOTIFY_SOCKET", manager.name);
      builder.environment().put("WATCHDOG_USEC", "3000000");
      var server = builder.start();
      try {
        var ready = manager.until("READY=1", PATIENCE);
        assertTrue(ready.getLast().startsWith("READY=1\nSTATUS=answers agents"), ready::toString);
        assertEquals("WATCHDOG=1", manager.until("WATCHDOG", PATIENCE).getLast());
        assertEquals("WATCHDOG=1", manager.until("WATCHDOG", PATIENCE).getLast());
        var settings = dir.resolve("server.yaml");
        Files.writeString(
            settings, Files.readString(settings).replace("silent-after: P7D", "silent-after: P9D"));
        assertEquals("READY=1\nSTATUS=hold after a restart: silent-after", hungUp(server, manager));
        Files.writeString(dir.resolve("server.p12"), "half a file");
        var told = hungUp(server, manager);
        assertTrue(told.contains("cannot be read, the one before goes on"), told);
        assertTrue(told.endsWith("settings: hold after a restart: silent-after"), told);
        assertEquals("WATCHDOG=1", manager.until("WATCHDOG", PATIENCE).getLast());
        Files.writeString(settings, "issuer: [");
        assertTrue(hungUp(server, manager).contains("not understood"));
        server.destroy();
        assertEquals("STOPPING=1", manager.until("STOPPING", PATIENCE).getLast());
        assertTrue(server.waitFor(60, TimeUnit.SECONDS));
        assertTrue(Files.readString(log).contains("refuse the next start"), Files.readString(log));
      } finally {
        server.destroyForcibly();
      }
    }
  }

  private static String hungUp(Process server, NotifySocket manager) throws Exception {
    assertEquals(
        0, new ProcessBuilder("/bin/kill", "-HUP", Long.toString(server.pid())).start().waitFor());
    assertEquals("RELOADING=1", manager.until("RELOADING", PATIENCE).getLast());
    return manager.until("READY=1", PATIENCE).getLast();
  }
}
