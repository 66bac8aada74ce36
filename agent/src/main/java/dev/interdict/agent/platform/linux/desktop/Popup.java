package dev.interdict.agent.platform.linux.desktop;

import dev.interdict.agent.notice.Notice.Urgency;
import dev.interdict.agent.platform.session.Handle;
import dev.interdict.agent.wording.Texts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

/// One message on the session's notification service, and what the person does with it. For one
/// thread at a time.
final class Popup {
  private static final String APPLICATION = "Interdict";

  /// By the icon naming specification.
  private static final String ICON = "dialog-information";

  private static final int NEVER = 0;
  private static final int AS_THE_SERVICE_LIKES = -1;

  private final Notifications service;
  private final String name;
  private final List<String> can;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private long id;

  /// What a service says of a message.
  sealed interface Event {
    /// The message's number.
    long id();

    /// The person chose an action.
    record Chosen(long id, String key) implements Event {}

    /// The message is gone.
    ///
    /// @param dismissed by the person, and not by the service or a call
    record Gone(long id, boolean dismissed) implements Event {}
  }

  private Popup(Notifications service, String name, List<String> can) {
    this.service = service;
    this.name = name;
    this.can = List.copyOf(can);
  }

  /// The notification service on `bus`, which is started if need be.
  static Popup on(Bus bus) throws IOException {
    try {
      var connection = bus.connection();
      var service =
          connection.getRemoteObject(Notifications.NAME, Notifications.PATH, Notifications.class);
      // The first call starts the service; only then has it a name of its own.
      var can = service.capabilities();
      var owner = bus.owner(Notifications.NAME);
      if (owner == null) {
        throw new IOException("the notification service has left the bus");
      }
      var popup = new Popup(service, bus.id() + owner, can);
      // Anybody on the bus can send a signal: only the service's own are heard.
      connection.addSigHandler(
          Notifications.Invoked.class,
          owner,
          signal -> popup.events.add(new Event.Chosen(signal.id.longValue(), signal.key)));
      connection.addSigHandler(
          Notifications.Closed.class,
          owner,
          signal ->
              popup.events.add(
                  new Event.Gone(
                      signal.id.longValue(),
                      signal.reason.longValue() == Notifications.Closed.DISMISSED)));
      return popup;
    } catch (DBusException | DBusExecutionException e) {
      throw new IOException("the notification service does not answer", e);
    }
  }

  /// Shows `texts` with its choices where the service has buttons, in place of the messages
  /// `replaced` that this service showed.
  Handle show(Texts texts, Urgency urgency, List<Handle> replaced) throws IOException {
    var old = replaced.stream().filter(one -> one.service().equals(name)).toList();
    old.stream().skip(1).forEach(one -> close(one.id()));
    var buttons = can.contains("actions");
    // Without buttons, the way to answer is the command line.
    var body = buttons ? texts.body() : texts.body() + "\n" + texts.more();
    var actions = new ArrayList<String>();
    if (buttons) {
      // A click on the message itself. It has no label: some services make a button of one.
      actions.addAll(List.of("default", ""));
      texts.choices().forEach(choice -> actions.addAll(List.of(choice.key(), choice.label())));
    }
    id = old.isEmpty() ? 0 : old.getFirst().id();
    send(texts.title(), body, actions, urgency, urgency == Urgency.CRITICAL);
    return new Handle(name, id);
  }

  /// Shows a text without choices in place of the message.
  void say(String title, String body, Urgency urgency) throws IOException {
    send(title, body, List.of(), urgency, false);
  }

  private void send(String title, String body, List<String> actions, Urgency urgency, boolean stays)
      throws IOException {
    var inBody = can.contains("body");
    try {
      id =
          service
              .show(
                  APPLICATION,
                  new UInt32(id),
                  ICON,
                  inBody ? title : title + " · " + body,
                  can.contains("body-markup") ? escaped(body) : body,
                  actions,
                  Map.of("urgency", new Variant<>((byte) urgency.ordinal())),
                  stays ? NEVER : AS_THE_SERVICE_LIKES)
              .longValue();
    } catch (DBusExecutionException e) {
      throw new IOException("the notification service reports an error", e);
    }
    if (id == 0) {
      throw new IOException("the notification service gave the message no number");
    }
  }

  /// What happens next to the message, or null where nothing does in `patience`.
  @Nullable Event next(Duration patience) throws InterruptedException {
    var until = System.nanoTime() + patience.toNanos();
    while (true) {
      var event = events.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event == null || event.id() == id) {
        return event;
      }
    }
  }

  /// Takes the message away.
  void close() {
    close(id);
  }

  private void close(long message) {
    try {
      service.close(new UInt32(message));
    } catch (DBusExecutionException e) {
      // It is gone already, or the service is.
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
