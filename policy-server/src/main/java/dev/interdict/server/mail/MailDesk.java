package dev.interdict.server.mail;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Secrets;
import dev.interdict.server.store.Sql;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sends one mail that tests the settings, whether by a command or over the API. What it says is
/// fixed, so that nobody writes to anybody by it; so many leave in an hour, of all servers
/// together. Thread-safe.
public final class MailDesk {
  /// What the keys of such mails begin with; what begins so and is not sent is nobody's loss.
  static final String PREFIX = "test:";

  /// Behind all that begins so.
  private static final String END = "test;";

  /// Whether a row is of one.
  static final String TESTS = "(mail_key >= '" + PREFIX + "' and mail_key < '" + END + "')";

  /// How many leave in an hour.
  public static final int MOST = 10;

  private final Database database;
  private final Audit audit;
  private final @Nullable MailSettings settings;
  private final Supplier<String> issuer;
  private final InstantSource clock;
  private final SecureRandom random;

  /// @param settings null where mail is not set up
  /// @param issuer who bans, as the mail's last line names them; empty where nobody does yet
  public MailDesk(
      Database database,
      Audit audit,
      @Nullable MailSettings settings,
      Supplier<String> issuer,
      InstantSource clock,
      SecureRandom random) {
    this.database = database;
    this.audit = audit;
    this.settings = settings;
    this.issuer = issuer;
    this.clock = clock;
    this.random = random;
  }

  /// How it went.
  ///
  /// @param said the mail server's own words, or what went wrong on the way to it; no secret of the
  ///   settings is in it
  public record Outcome(boolean taken, String said) {}

  /// Nothing is sent, and why.
  public static final class NotSentException extends Exception {
    private static final long serialVersionUID = 1;
    private final boolean later;

    NotSentException(String message, boolean later) {
      super(message);
      this.later = later;
    }

    /// Whether the same may be asked later.
    public boolean isLater() {
      return later;
    }
  }

  /// The text, which is an address to which mails may leave.
  ///
  /// @throws IllegalArgumentException if it is none
  public String checked(String address) {
    return (settings == null ? MailDomains.ALL : settings.domains()).checked(address);
  }

  /// Sends it, now, and writes down who did.
  ///
  /// @param to an address, in the form that other recipients have
  /// @throws IllegalArgumentException if it is none
  /// @throws NotSentException if mail is not set up, or enough were sent for now
  public Outcome test(String actor, String to, Locale language) throws NotSentException {
    var with = settings;
    checked(to);
    if (with == null) {
      throw new NotSentException("mail is not set up: write mail into server.yaml", false);
    }
    var words = MailWords.of(language);
    var text = words.get("test.text");
    var mail =
        Composer.mail(
            words,
            issuer.get(),
            PREFIX + Secrets.fresh(random),
            to,
            "[Interdict] " + words.get("test.title"),
            words.get("test.title") + "\n\n" + text + "\n",
            words.get("test.title"),
            "<p>" + text + "</p>");
    if (!database.write(connection -> begin(connection, mail))) {
      throw new NotSentException(
          "as many tests as may leave in an hour have left (" + MOST + "); try again later", true);
    }
    var outcome = send(with, mail);
    database.write(connection -> {
      end(connection, mail, outcome);
      if (outcome.taken()) {
        MailServer.answered(connection);
      }
      return audit.append(
          connection, actor, "mail.test", to, Json.object().put("taken", outcome.taken()).build());
    });
    return outcome;
  }

  private static Outcome send(MailSettings settings, Mail mail) {
    try (var smtp = new Smtp(settings)) {
      return new Outcome(true, smtp.send(mail));
    } catch (IOException | Smtp.RefusedException e) {
      return new Outcome(false, String.valueOf(e.getMessage()));
    }
  }

  /// Counted before it is sent, or many at once would all be the first.
  private boolean begin(Connection connection, Mail mail) throws SQLException {
    var now = clock.instant();
    var sent =
        Sql.first(
            connection,
            "select count(*) from mail where " + TESTS + " and created_at > ?",
            row -> row.getLong(1),
            now.minus(Duration.ofHours(1)).toEpochMilli());
    if (sent != null && sent >= MOST) {
      return false;
    }
    MailRows.addTried(connection, mail, now);
    return true;
  }

  private void end(Connection connection, Mail mail, Outcome outcome) throws SQLException {
    Sql.update(
        connection,
        "update mail set state = ?, sent_at = ?, error = ? where mail_key = ?",
        outcome.taken() ? "sent" : "dead",
        outcome.taken() ? clock.millis() : null,
        outcome.taken() ? null : outcome.said(),
        mail.key());
  }
}
