package dev.interdict.agent.platform.linux.session;

import dev.interdict.agent.notice.Notice;
import dev.interdict.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.DBus;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

/// The short-lived process `interdict-agent notify`: reads one [Popup] from its input, shows it on
/// the session's bus, writes one [Answer], ends. It runs as the person whose session it is.
///
/// No buttons are offered: their answer reaches only a process that is still connected, and this
/// one is gone by then. A button that does nothing would be a lie.
public final class NotifyWorker {
  /// For what is not a [Popup] on the input.
  public static final int USAGE = 2;

  private static final String APPLICATION = "Interdict";

  /// The bus is on this machine; the library's ten seconds would only wait for a dead socket.
  private static final int CONNECT_MILLIS = 1_000;

  private NotifyWorker() {}

  /// Does it all, in `limit` at most. A thread that a dead session holds up is left behind as a
  /// daemon; the process is to end with the code given here.
  ///
  /// @return the process's exit code: 0 where an answer was written, else [#USAGE]
  public static int run(InputStream in, PrintStream out, Duration limit)
      throws InterruptedException {
    // Libraries that log to the standard output would garble the answer.
    System.setOut(System.err);
    Popup popup;
    try {
      popup = Popup.read(in.readNBytes(Popup.MOST_BYTES + 1));
    } catch (JsonException | IOException e) {
      System.err.println("interdict-agent notify: " + e.getMessage());
      return USAGE;
    }
    out.writeBytes(answer(popup, limit).bytes());
    out.flush();
    return 0;
  }

  private static Answer answer(Popup popup, Duration limit) throws InterruptedException {
    var task = new FutureTask<>(() -> show(popup, limit));
    Thread.ofPlatform().daemon().name("session-bus").start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Answer.TimeLimit();
    } catch (ExecutionException e) {
      return new Answer.SessionError();
    }
  }

  private static Answer show(Popup popup, Duration limit) throws IOException, DBusException {
    if (!Files.exists(popup.bus(), LinkOption.NOFOLLOW_LINKS)) {
      return new Answer.NoSession();
    }
    // Beyond our own limit: the library's shorter default would report silence as an error.
    MethodCall.setDefaultTimeout(limit.toMillis() + 1_000);
    try (var connection =
        DBusConnectionBuilder.forAddress("unix:path=" + popup.bus())
            .withShared(false)
            .transportConfig()
            .withTimeout(CONNECT_MILLIS)
            .back()
            .build()) {
      var bus = connection.getRemoteObject("org.freedesktop.DBus", "/", DBus.class);
      return show(popup, connection, bus);
    }
  }

  private static Answer show(Popup popup, DBusConnection connection, DBus bus)
      throws DBusException {
    if (!bus.NameHasOwner(Notifications.NAME)
        && !List.of(bus.ListActivatableNames()).contains(Notifications.NAME)) {
      return new Answer.NoSession();
    }
    var service =
        connection.getRemoteObject(Notifications.NAME, Notifications.PATH, Notifications.class);
    try {
      var can = service.capabilities();
      var name = bus.GetId() + bus.GetNameOwner(Notifications.NAME);
      var old = popup.replaces();
      var replaces = old != null && old.service().equals(name) ? old.id() : 0;
      var id =
          service.show(
              APPLICATION,
              new UInt32(replaces),
              "dialog-information",
              can.contains("body") ? popup.title() : popup.title() + " · " + popup.body(),
              can.contains("body-markup") ? escaped(popup.body()) : popup.body(),
              List.of(),
              Map.of("urgency", new Variant<>((byte) popup.urgency().ordinal())),
              popup.urgency() == Notice.Urgency.CRITICAL ? 0 : -1);
      return new Answer.Shown(new Popup.Handle(name, id.longValue()));
    } catch (DBusExecutionException e) {
      return new Answer.SessionError();
    }
  }

  /// The body as markup that stands for the same text.
  private static String escaped(String body) {
    return body.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
