package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.mail.MailDesk;
import dev.interdict.server.syslog.SyslogDesk;
import dev.interdict.server.wording.Sentence;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// Tests of the mail server and the collector that `server.yaml` names. Thread-safe.
final class OutletsApi implements Operations.Resource {
  private static final Schema LANGUAGE = Schema.words("en", "zh-CN");

  private final MailDesk mail;
  private final SyslogDesk syslog;

  OutletsApi(MailDesk mail, SyslogDesk syslog) {
    this.mail = mail;
    this.syslog = syslog;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.post(
                "/mail/test",
                "testMail",
                "Sends one mail that tests the settings, now, and says what the mail server said;"
                    + " so many in an hour")
            .takes(needs("to", Schema.text(254)), may("lang", LANGUAGE))
            .answers(
                200,
                Schema.named(
                    "MailTest", needs("taken", new Schema.Flag()), needs("said", Schema.any())))
            .refuses(409)
            .may(Role.ADMINISTRATOR)
            .does(Reach.WHOLE, this::mail),
        Operation.post(
                "/syslog/test",
                "testSyslog",
                "Sends the collector one message of the kind test, now, and says how it went")
            .answers(
                200,
                Schema.named(
                    "SyslogTest",
                    needs("taken", new Schema.Flag()),
                    needs("id", Schema.any()),
                    may("error", Schema.any())))
            .refuses(409)
            .may(Role.ADMINISTRATOR)
            .does(Reach.WHOLE, this::syslog));
  }

  private HttpResponse mail(Call call) {
    var language = Objects.requireNonNullElse(call.optionalMember("lang"), "en");
    try {
      var outcome = mail.test(call.actor(), call.member("to"), Locale.forLanguageTag(language));
      return HttpResponse.json(
          200, Json.object().put("taken", outcome.taken()).put("said", outcome.said()).build());
    } catch (IllegalArgumentException e) {
      throw Problem.value("to", e);
    } catch (MailDesk.NotSentException e) {
      if (e.isLater()) {
        return HttpResponse.problem(429, "too-many", String.valueOf(e.getMessage()))
            .with("Retry-After", Long.toString(Duration.ofHours(1).toSeconds()));
      }
      throw Problem.conflict(Sentence.of(e));
    }
  }

  private HttpResponse syslog(Call call) {
    SyslogDesk.Outcome outcome;
    try {
      outcome = syslog.test(call.actor());
    } catch (IllegalStateException e) {
      throw Problem.conflict(Sentence.of(e));
    }
    return HttpResponse.json(
        200,
        Json.object()
            .put("taken", outcome.taken())
            .put("id", outcome.id())
            .put("error", outcome.error())
            .build());
  }
}
