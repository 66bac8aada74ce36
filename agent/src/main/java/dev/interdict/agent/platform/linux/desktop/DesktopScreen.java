package dev.interdict.agent.platform.linux.desktop;

import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Notice.Urgency;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.pipe.GuardClient;
import dev.interdict.agent.platform.linux.desktop.disturbance.Disturbances;
import dev.interdict.agent.platform.linux.desktop.disturbance.Session;
import dev.interdict.agent.platform.session.Answer;
import dev.interdict.agent.platform.session.Confirmation;
import dev.interdict.agent.platform.session.Errand;
import dev.interdict.agent.platform.session.Reactions;
import dev.interdict.agent.platform.session.Receipts;
import dev.interdict.agent.platform.session.Screen;
import dev.interdict.agent.wording.Texts;
import dev.interdict.agent.wording.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.jspecify.annotations.Nullable;

/// The person's desktop: the notification service on the session's bus, with buttons where it has
/// any. What the session says of language and zone goes before what the guard supposes.
public final class DesktopScreen implements Screen {
  /// Signals of one click can arrive in either order.
  private static final Duration TOGETHER = Duration.ofMillis(500);

  /// How often a silent bus is looked at.
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final Errand errand;
  private final List<String> page;
  private final Duration patience;
  private final InstantSource clock;
  private @Nullable Shown shown;

  private record Shown(
      Bus bus, Popup popup, Notice notice, Texts texts, SessionEnvironment environment) {
    /// The choice of that key; a click on the message itself asks why.
    Texts.Choice choice(String key) {
      return texts.choices().stream()
          .filter(choice -> choice.key().equals(key))
          .findFirst()
          .orElse(new Texts.Choice("why", "", List.of(notice.matters().getFirst().rule())));
    }
  }

  /// @param page the program and arguments that serve the person's own page
  /// @param patience for the answer of a service
  public DesktopScreen(Errand errand, List<String> page, Duration patience, InstantSource clock) {
    this.errand = errand;
    this.page = List.copyOf(page);
    this.patience = patience;
    this.clock = clock;
  }

  @Override
  public Answer show() throws IOException {
    var socket = errand.bus();
    if (socket == null || !Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
      return new Answer.NoSession();
    }
    var bus = Bus.connect(socket, patience);
    try {
      return bus.offered(Notifications.NAME) ? show(bus, socket) : new Answer.NoSession();
    } catch (DBusExecutionException e) {
      throw new IOException("the session's bus reports an error", e);
    } finally {
      if (shown == null) {
        bus.close();
      }
    }
  }

  private Answer show(Bus bus, Path socket) throws IOException {
    var popup = Popup.on(bus);
    var environment = SessionEnvironment.of(bus, socket);
    var notice = in(environment);
    if (notice.urgency() != Urgency.CRITICAL) {
      var wish = Disturbances.now(new Session(bus, environment.variables()));
      if (wish != null) {
        return new Answer.DoNotDisturb(wish);
      }
    }
    var texts = Wording.texts(notice, clock.instant());
    var handle = popup.show(texts, notice.urgency(), errand.replaces());
    shown = new Shown(bus, popup, notice, texts, environment);
    return new Answer.Shown(handle);
  }

  private Notice in(SessionEnvironment environment) {
    var recipient = errand.notice().recipient();
    var language =
        environment
            .language()
            .or(() -> Accounts.language(recipient.uid()))
            .orElse(recipient.language());
    return errand.notice().in(language, environment.zone().orElse(recipient.zone()));
  }

  @Override
  public void attend(Duration life) throws InterruptedException {
    var up = shown;
    if (up == null) {
      return;
    }
    var guard = new GuardClient(errand.guard());
    var receipts = new Receipts(guard, Receipt.Channel.DESKTOP);
    var noting =
        Thread.ofVirtual().start(() -> receipts.note(up.notice(), Receipts.Outcome.SHOWN, null));
    switch (ending(up, life)) {
      case Popup.Event.Chosen(var _, var key) -> {
        noting.join();
        chosen(up, up.choice(key), guard, receipts);
      }
      case Popup.Event.Gone(var _, var dismissed) -> {
        noting.join();
        if (dismissed) {
          receipts.note(up.notice(), Receipts.Outcome.CLOSED, null);
        }
      }
      case null -> expire(up);
    }
  }

  /// What ends the message, or null where nothing does in `life`.
  private static Popup.@Nullable Event ending(Shown up, Duration life) throws InterruptedException {
    var until = System.nanoTime() + life.toNanos();
    while (System.nanoTime() - until < 0 && up.bus().connection().isConnected()) {
      var event = up.popup().next(LOOK);
      if (event instanceof Popup.Event.Gone) {
        var other = up.popup().next(TOGETHER);
        return other instanceof Popup.Event.Chosen ? other : event;
      }
      if (event != null) {
        return event;
      }
    }
    return null;
  }

  private void chosen(Shown up, Texts.Choice choice, GuardClient guard, Receipts receipts) {
    receipts.note(up.notice(), Receipts.Outcome.CLICKED, choice.key());
    var doors = new DesktopDoors(up.bus(), up.environment(), page);
    var done = new Reactions(guard, doors, up.notice(), clock).to(choice);
    var words = Confirmation.of(done, up.notice(), clock.instant());
    if (words == null) {
      // Some services leave a message up whose button was pressed.
      up.popup().close();
      return;
    }
    try {
      up.popup().say(words.title(), words.body(), Urgency.NORMAL);
    } catch (IOException e) {
      // What was chosen is done all the same.
    }
  }

  /// Nobody hears the buttons any more, so none may stay. What is urgent stays without them.
  private void expire(Shown up) {
    if (up.notice().urgency() != Urgency.CRITICAL) {
      up.popup().close();
      return;
    }
    var texts = up.texts();
    try {
      up.popup().say(texts.title(), texts.body() + "\n" + texts.more(), Urgency.CRITICAL);
    } catch (IOException e) {
      // The service is gone, and the message with it.
    }
  }
}
