package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.mail.Deliveries;
import dev.interdict.server.views.Rhythm;
import dev.interdict.server.views.Rhythm.Every;
import dev.interdict.server.views.SavedViews;
import dev.interdict.server.views.Schedule;
import dev.interdict.server.views.Schedule.OfRule;
import dev.interdict.server.views.Schedule.OfView;
import dev.interdict.server.views.Schedule.Subject;
import dev.interdict.server.views.Schedules;
import dev.interdict.server.wording.Sentence;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Summaries that go out by mail again and again. Thread-safe.
final class SchedulesApi implements Operations.Resource {
  private static final int MOST_RECIPIENTS = 20;

  /// A server that sends mails looks every few seconds.
  private static final Duration OVERDUE = Duration.ofMinutes(15);

  private static final Schema EVERY =
      new Schema.Words(Arrays.stream(Every.values()).map(Every::word).toList());
  private static final Schema LANGUAGE = Schema.words("en", "zh-CN");
  private static final Schema RECIPIENTS = new Schema.Items(Schema.text(254), MOST_RECIPIENTS);

  private static final Schema.Named SCHEDULE =
      Schema.named(
          "ReportSchedule",
          needs("schedule", Schema.any()),
          needs("owner", Schema.any()),
          may("view", Schema.any()),
          may("rule", Schema.any()),
          needs("every", EVERY),
          needs("on", Schema.count()),
          needs("hour", Schema.count()),
          needs("zone", Schema.any()),
          needs("to", RECIPIENTS),
          needs("lang", LANGUAGE),
          needs("created", Schema.instant()),
          needs("next", Schema.instant()),
          may("last", Schema.instant()),
          needs("waiting", Schema.count()),
          may("error", Schema.any()));

  private final Schedules schedules;
  private final SavedViews views;
  private final Deliveries deliveries;
  private final Supplier<Set<String>> rules;
  private final UnaryOperator<String> recipient;
  private final InstantSource clock;

  /// @param rules the ids of those in force
  /// @param recipient refuses with an [IllegalArgumentException] to whom mails do not leave
  SchedulesApi(
      Schedules schedules,
      SavedViews views,
      Deliveries deliveries,
      Supplier<Set<String>> rules,
      UnaryOperator<String> recipient,
      InstantSource clock) {
    this.schedules = schedules;
    this.views = views;
    this.deliveries = deliveries;
    this.rules = rules;
    this.recipient = recipient;
    this.clock = clock;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Listing.whole(
                "schedules", SCHEDULE, List.of(), _ -> schedules.list(), this::json, Schedule::id)
            .page(
                "/report-schedules",
                List.of(),
                "listReportSchedules",
                Reach.WHOLE,
                "Reports that go out by mail, the next first, with what went wrong at last",
                Role.AUDITOR,
                Role.ADMINISTRATOR),
        Operation.post(
                "/report-schedules",
                "scheduleReport",
                "Has a rule's summary, or that of a saved view, sent by mail again and again")
            .takes(
                may("view", Schema.text(100)),
                may("rule", Schema.text(100)),
                needs("every", EVERY),
                may("on", new Schema.Whole(1, Rhythm.LAST_OF_MONTH)),
                needs("hour", new Schema.Whole(0, 23)),
                needs("zone", Schema.text(60)),
                needs("to", RECIPIENTS),
                may("lang", LANGUAGE))
            .answers(201, SCHEDULE)
            .refuses(409)
            .may(Role.AUDITOR, Role.ADMINISTRATOR)
            .proved()
            .does(Reach.WHOLE, this::add),
        Operation.post(
                "/report-schedules/{schedule}/remove",
                "unscheduleReport",
                "Has a report sent no more")
            .with(Parameter.path("schedule", Schema.text(100), "The schedule's id."))
            .refuses(404)
            .may(Role.AUDITOR, Role.ADMINISTRATOR)
            .does(Reach.WHOLE, this::remove));
  }

  private HttpResponse add(Call call) {
    var every = Every.valueOf(call.member("every").toUpperCase(Locale.ROOT));
    var zone = call.member("zone", ZoneId::of);
    Rhythm rhythm;
    try {
      rhythm =
          new Rhythm(
              every,
              Math.toIntExact(call.numberMember("on", 1)),
              Math.toIntExact(call.numberMember("hour", 0)),
              zone);
    } catch (IllegalArgumentException e) {
      throw Problem.value("on", e);
    }
    var language = Objects.requireNonNullElse(call.optionalMember("lang"), "en");
    return HttpResponse.json(
        201,
        json(
            schedules
                .add(
                    call.actor(),
                    subject(call),
                    rhythm,
                    recipients(call),
                    Locale.forLanguageTag(language))
                .orElseThrow(() ->
                    Problem.conflict(
                        Sentence.of(
                            "schedule.most",
                            "there are %s schedules, which is the most; remove one first",
                            Schedules.MOST)))));
  }

  private Subject subject(Call call) {
    var view = call.optionalMember("view");
    var rule = call.optionalMember("rule");
    if ((view == null) == (rule == null)) {
      throw Problem.value(
          "rule", Sentence.of("schedule.of", "is to be given, or else view, and not both"));
    }
    if (rule != null) {
      if (!rules.get().contains(rule)) {
        throw Problem.value(
            "rule", Sentence.of("schedule.rule", "\"%s\" is no rule in force", rule));
      }
      return new OfRule(rule);
    }
    return new OfView(
        views
            .find(call.actor(), Objects.requireNonNull(view))
            .orElseThrow(() ->
                Problem.value(
                    "view",
                    Sentence.of("schedule.view", "\"%s\" is no saved view that you find", view)))
            .id());
  }

  private List<String> recipients(Call call) {
    var recipients = new ArrayList<String>();
    for (var one : new LinkedHashSet<>(call.texts("to"))) {
      try {
        recipients.add(recipient.apply(one));
      } catch (IllegalArgumentException e) {
        throw Problem.value("to", e);
      }
    }
    if (recipients.isEmpty()) {
      throw Problem.value("to", Sentence.of("schedule.nobody", "names nobody"));
    }
    return recipients;
  }

  private HttpResponse remove(Call call) {
    if (!schedules.remove(call.actor(), call.text("schedule"))) {
      throw Problem.missing(
          Sentence.of("schedule.none", "there is no schedule %s", call.text("schedule")));
    }
    return HttpResponse.empty(204);
  }

  private Json.Obj json(Schedule schedule) {
    var fate = deliveries.of(schedule.id());
    return Json.object()
        .put("schedule", schedule.id())
        .put("owner", schedule.owner())
        .put("view", schedule.subject() instanceof OfView(var view) ? view : null)
        .put("rule", schedule.subject() instanceof OfRule(var rule) ? rule : null)
        .put("every", schedule.rhythm().every().word())
        .put("on", schedule.rhythm().on())
        .put("hour", schedule.rhythm().hour())
        .put("zone", schedule.rhythm().zone().getId())
        .put("to", Json.texts(schedule.recipients()))
        .put("lang", schedule.language().toLanguageTag())
        .put("created", schedule.created().toString())
        .put("next", schedule.next().toString())
        .put("last", Answers.text(schedule.last()))
        .put("waiting", fate.waiting())
        .put("error", error(schedule, fate))
        .build();
  }

  private @Nullable String error(Schedule schedule, Deliveries.Fate fate) {
    if (schedule.next().plus(OVERDUE).isBefore(clock.instant())) {
      return "it should have gone out at "
          + schedule.next()
          + "; no server that runs has mail in its server.yaml, or too many mails wait";
    }
    return schedule.error() == null ? fate.error() : schedule.error();
  }
}
