package dev.interdict.agent.platform.linux.desktop;

import dev.interdict.agent.platform.Command;
import dev.interdict.agent.platform.Conversation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBus;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.messages.DBusSignal;

/// A real session bus of one person's own, at `UID/bus` below a folder, and a connection of ours to
/// it on which services can be put.
final class TestingBus implements AutoCloseable {
  static final Path DAEMON = Path.of("/usr/bin/dbus-daemon");
  private static final String CONFIGURATION =
      """
      <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
        "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
      <busconfig>
        <type>session</type>
        <listen>unix:path=%s</listen>
        <auth>EXTERNAL</auth>
        %s
        <policy context="default">
          <allow user="*"/>
          <allow own="*"/>
          <allow send_destination="*" eavesdrop="true"/>
          <allow eavesdrop="true"/>
        </policy>
      </busconfig>
      """;

  private final Conversation daemon;
  private final DBusConnection connection;

  private TestingBus(Conversation daemon, DBusConnection connection) {
    this.daemon = daemon;
    this.connection = connection;
  }

  static TestingBus start(Path users, int uid, boolean asRoot) throws IOException, DBusException {
    return start(users, uid, asRoot, "");
  }

  /// One that starts the services that are installed on this machine.
  static TestingBus withServices(Path users, int uid) throws IOException, DBusException {
    return start(users, uid, false, "<standard_session_servicedirs/>");
  }

  private static TestingBus start(Path users, int uid, boolean asRoot, String services)
      throws IOException, DBusException {
    var folder = Files.createDirectory(users.resolve(Integer.toString(uid)));
    var socket = folder.resolve("bus");
    var configuration = users.resolve(uid + ".conf");
    Files.writeString(configuration, CONFIGURATION.formatted(socket, services));
    var line = new ArrayList<String>();
    if (asRoot) {
      Files.setAttribute(folder, "unix:uid", uid);
      Files.setAttribute(folder, "unix:gid", uid);
      line.addAll(
          List.of("/usr/bin/setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups"));
    }
    line.addAll(List.of(DAEMON.toString(), "--config-file=" + configuration, "--nofork"));
    line.add("--print-address");
    // Services that the bus starts keep their settings below here, and not in the tester's home.
    var environment =
        Map.of("HOME", users.toString(), "XDG_RUNTIME_DIR", folder.toString(), "PATH", "/usr/bin");
    var daemon =
        new Command(
                Path.of(line.getFirst()),
                line.subList(1, line.size()),
                environment,
                Duration.ofMinutes(5))
            .start();
    var address =
        new BufferedReader(new InputStreamReader(daemon.output(), StandardCharsets.UTF_8))
            .readLine();
    if (address == null) {
      daemon.close();
      throw new IOException("dbus-daemon ended without an address");
    }
    return new TestingBus(
        daemon, DBusConnectionBuilder.forAddress("unix:path=" + socket).withShared(false).build());
  }

  /// Puts a notification service on the bus.
  void serve(FakeNotifications service) throws DBusException {
    var bus = connection.getRemoteObject("org.freedesktop.DBus", "/", DBus.class);
    service.connected(name -> bus.GetConnectionUnixUser(name).longValue());
    connection.exportObject(Notifications.PATH, service);
    connection.requestBusName(Notifications.NAME);
  }

  /// Puts a service of any kind on the bus.
  void serve(String name, String path, DBusInterface service) throws DBusException {
    connection.exportObject(path, service);
    connection.requestBusName(name);
  }

  /// Whether somebody has the name.
  boolean running(String name) throws DBusException {
    return connection.getRemoteObject("org.freedesktop.DBus", "/", DBus.class).NameHasOwner(name);
  }

  /// Lets a service on the bus send a signal.
  void send(DBusSignal signal) {
    connection.sendMessage(signal);
  }

  @Override
  public void close() {
    connection.disconnect();
    daemon.close();
  }
}
