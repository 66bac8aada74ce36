package dev.interdict.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The service manager, by the protocol of `sd_notify(3)`: one datagram for each state, to the
/// socket that `NOTIFY_SOCKET` names. Java has no such sockets, so the sender is handed in.
/// Thread-safe. Programs that we start must not inherit the variable; ours start none with the
/// environment they have.
public final class ServiceManager {
  /// One that hears nothing.
  public static final ServiceManager NONE = new ServiceManager(null, null, (_, _) -> {});

  private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);
  private static final short AF_UNIX = 1;

  /// What `sun_path` holds.
  private static final int MOST_PATH = 108;

  private static final long MICROS = 1_000;

  private final byte @Nullable [] address;
  private final @Nullable Duration watchdog;
  private final Sender sender;

  /// Sends a datagram. Seam.
  @FunctionalInterface
  public interface Sender {
    /// @param address a `sockaddr_un` of exactly its length
    void send(byte[] address, byte[] message) throws IOException;
  }

  private ServiceManager(byte @Nullable [] address, @Nullable Duration watchdog, Sender sender) {
    this.address = address;
    this.watchdog = watchdog;
    this.sender = sender;
  }

  /// The one that started the process `pid` with `environment`; [#NONE] where that is no service
  /// manager, or its address is none that we know how to reach.
  public static ServiceManager of(Map<String, String> environment, long pid, Sender sender) {
    var address = address(environment.getOrDefault("NOTIFY_SOCKET", ""));
    return address == null ? NONE : new ServiceManager(address, watchdog(environment, pid), sender);
  }

  /// `/path`, or `@name` for a name of the abstract space, which has a NUL in place of the `@` and
  /// ends where the address does.
  private static byte @Nullable [] address(String socket) {
    var path = socket.getBytes(StandardCharsets.UTF_8);
    if (path.length < 2 || path.length >= MOST_PATH || path[0] != '/' && path[0] != '@') {
      return null;
    }
    var terminator = path[0] == '/' ? 1 : 0;
    if (path[0] == '@') {
      path[0] = 0;
    }
    return ByteBuffer.allocate(Short.BYTES + path.length + terminator)
        .order(ByteOrder.nativeOrder())
        .putShort(AF_UNIX)
        .put(path)
        .array();
  }

  private static @Nullable Duration watchdog(Map<String, String> environment, long pid) {
    var micros = environment.getOrDefault("WATCHDOG_USEC", "");
    var whose = environment.getOrDefault("WATCHDOG_PID", "");
    return micros.matches("[1-9][0-9]{0,15}") && (whose.isEmpty() || whose.equals("" + pid))
        ? Duration.ofNanos(Long.parseLong(micros) * MICROS)
        : null;
  }

  /// After how long without [#goesOn] it takes us for dead; null where it does not look.
  public @Nullable Duration watchdog() {
    return watchdog;
  }

  /// We do our work from now on, also after [#reloading].
  ///
  /// @param status one line for people
  public void ready(String status) {
    tell("READY=1\n" + said(status));
  }

  /// How it goes.
  ///
  /// @param status one line for people
  public void status(String status) {
    tell(said(status));
  }

  /// A second line would be another state.
  private static String said(String status) {
    return "STATUS=" + status.replace('\n', ' ');
  }

  /// We still do it.
  public void goesOn() {
    tell("WATCHDOG=1");
  }

  /// We read our settings anew.
  public void reloading() {
    tell("RELOADING=1");
  }

  /// We begin to end.
  public void stopping() {
    tell("STOPPING=1");
  }

  private void tell(String state) {
    if (address != null) {
      try {
        sender.send(address.clone(), state.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        LOG.atWarn().addKeyValue("why", e.getMessage()).log("the service manager was not told");
      }
    }
  }
}
