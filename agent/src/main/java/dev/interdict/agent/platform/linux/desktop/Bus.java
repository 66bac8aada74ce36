package dev.interdict.agent.platform.linux.desktop;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.DBus;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.messages.MethodReturn;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

/// A connection to a message bus (D-Bus Specification). Thread-safe.
///
/// Services that this product has no interface of are asked by name; one that is not there, does
/// not answer in time or answers with an error gives null, which every caller takes for "nothing to
/// say".
public final class Bus implements Closeable {
  private static final byte NO_AUTO_START = 2;

  /// The bus is on this machine; the library's ten seconds would only wait for a dead socket.
  private static final int CONNECT_MILLIS = 1_000;

  private static final long ANSWER_MILLIS = 1_500;

  private final DBusConnection connection;
  private final DBus daemon;

  /// One object of one service, by one of its interfaces.
  public record Service(String name, String path, String type) {
    /// One whose path says its name again, as is usual.
    public static Service of(String name) {
      return new Service(name, "/" + name.replace('.', '/'), name);
    }
  }

  private Bus(DBusConnection connection, DBus daemon) {
    this.connection = connection;
    this.daemon = daemon;
  }

  /// Connects to the bus at `socket`.
  ///
  /// @param patience for the answers of services that this product has an interface of
  public static Bus connect(Path socket, Duration patience) throws IOException {
    MethodCall.setDefaultTimeout(patience.toMillis());
    try {
      var connection =
          DBusConnectionBuilder.forAddress("unix:path=" + socket)
              .withShared(false)
              .transportConfig()
              .withTimeout(CONNECT_MILLIS)
              .back()
              .build();
      return new Bus(
          connection, connection.getRemoteObject("org.freedesktop.DBus", "/", DBus.class));
    } catch (DBusException e) {
      throw new IOException("no message bus answers at " + socket, e);
    }
  }

  DBusConnection connection() {
    return connection;
  }

  /// Whether a service is running.
  boolean running(String name) {
    return daemon.NameHasOwner(name);
  }

  /// Whether a service is running, or would be started by a call.
  boolean offered(String name) {
    return running(name) || List.of(daemon.ListActivatableNames()).contains(name);
  }

  /// The connection's own name of a service that is running, or null.
  @Nullable String owner(String name) {
    try {
      return daemon.GetNameOwner(name);
    } catch (DBusExecutionException e) {
      return null;
    }
  }

  /// The process of a service that is running, or null.
  @Nullable Long process(String name) {
    try {
      return daemon.GetConnectionUnixProcessID(name).longValue();
    } catch (DBusExecutionException e) {
      return null;
    }
  }

  /// Names this very bus.
  String id() {
    return daemon.GetId();
  }

  /// A property of a service that is running, or null.
  public @Nullable Object property(Service service, String property) {
    var properties = new Service(service.name(), service.path(), "org.freedesktop.DBus.Properties");
    return ask(properties, "Get", "ss", service.type(), property);
  }

  /// What a service that is running answers to a call: its first value, or null.
  public @Nullable Object ask(
      Service service, String method, @Nullable String signature, Object... arguments) {
    return call(NO_AUTO_START, service, method, signature, arguments);
  }

  /// The same of a service that may be started for it.
  @Nullable Object command(
      Service service, String method, @Nullable String signature, Object... arguments) {
    return call((byte) 0, service, method, signature, arguments);
  }

  private @Nullable Object call(
      byte flags, Service service, String method, @Nullable String signature, Object[] arguments) {
    try {
      var call =
          connection
              .getMessageFactory()
              .createMethodCall(
                  service.name(),
                  service.path(),
                  service.type(),
                  method,
                  flags,
                  signature,
                  arguments);
      connection.sendMessage(call);
      if (call.getReply(ANSWER_MILLIS) instanceof MethodReturn answer) {
        var values = answer.getParameters();
        return values == null || values.length == 0 ? null : plain(values[0]);
      }
      return null;
    } catch (DBusException e) {
      return null;
    }
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return value instanceof Variant<?> variant ? variant.getValue() : value;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
