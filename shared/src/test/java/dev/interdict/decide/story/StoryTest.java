package dev.interdict.decide.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.decide.DeviceDate.SetBy;
import dev.interdict.decide.Verdict;
import dev.interdict.json.JsonException;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleFixtures;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The case: announced 3 July 09:00, in force 10 July 2026 00:00 in Shanghai, a day's notice, put
/// off twice by a day.
class StoryTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final Rule RULE =
      RuleFixtures.rule(
          RuleFixtures.CLAUDE_CODE.replace(
              "\"reminders\"",
              "\"request-freezes\": true, \"defer\": {\"times\": 2, \"by\": \"P1D\"},"
                  + " \"reminders\""));
  private static final String WORKER =
      """
      {"name": "li-na", "uses": [{"days": ["monday", "tuesday", "wednesday", "thursday",
        "friday"], "from": "09:00", "to": "18:00"}], "away": [AWAY]}
      """;
  private static final String AT_WORK = WORKER.replace("AWAY", "");

  private static Story story(String people, String more) throws JsonException {
    var document =
        """
        {"device": "00000000000000000000000000000000", "system": "linux",
         "zone": "Asia/Shanghai", "found": {"since": "2026-06-01T09:00"},
         "people": [%s] %s}
        """
            .formatted(people, more);
    var life = LifeReader.read(document.getBytes(StandardCharsets.UTF_8));
    return Story.of(RULE, life, at("2026-07-01T00:00"), at("2026-08-15T00:00"));
  }

  private static Story atWork(String... events) throws JsonException {
    return story(AT_WORK, ", \"events\": [" + String.join(",", events) + "]");
  }

  /// `kind at members`, in JSON.
  private static String event(String kind, String at, String members) {
    var more = members.isEmpty() ? "" : ", " + members.replace('\'', '"');
    return "{\"kind\": \"" + kind + "\", \"at\": \"" + at + "\"" + more + "}";
  }

  private static Instant at(String local) {
    return LocalDateTime.parse(local).atZone(SHANGHAI).toInstant();
  }

  private static <T extends Happening> List<T> all(Story story, Class<T> kind) {
    Stream<T> those = story.happenings().stream().filter(kind::isInstance).map(kind::cast);
    return those.toList();
  }

  private static List<String> told(Story story, String person) {
    return all(story, Happening.Told.class).stream()
        .filter(told -> told.person().equals(person))
        .map(told -> local(told.at()) + " " + told.phase() + " " + local(told.date()))
        .toList();
  }

  private static LocalDateTime local(Instant at) {
    return at.atZone(SHANGHAI).toLocalDateTime();
  }

  private static LocalDateTime enforced(Story story) {
    return local(all(story, Happening.Enforced.class).getFirst().at());
  }

  private static SetBy setBy(Story story) {
    return all(story, Happening.DateSet.class).getLast().date().setBy();
  }

  @Test
  void somebody_at_work_is_told_in_time_and_loses_it_at_the_first_start_after_midnight()
      throws JsonException {
    var story = atWork();
    assertEquals(
        List.of(
            "2026-07-03T09:30 ANNOUNCED 2026-07-10T00:00",
            "2026-07-06T09:30 REMINDER 2026-07-10T00:00",
            "2026-07-08T09:30 REMINDER 2026-07-10T00:00",
            "2026-07-09T10:00 DAY_BEFORE 2026-07-10T00:00",
            "2026-07-09T16:00 DAY_BEFORE 2026-07-10T00:00",
            "2026-07-10T09:00 LAST_HOUR 2026-07-10T09:30",
            "2026-07-10T09:15 LAST_HOUR 2026-07-10T09:30",
            "2026-07-10T09:25 LAST_HOUR 2026-07-10T09:30"),
        told(story, "li-na"));
    assertEquals(SetBy.EFFECTIVE_DATE, setBy(story));
    assertEquals(LocalDateTime.parse("2026-07-10T09:30"), enforced(story));
    assertEquals(Enforcement.REMOVE, all(story, Happening.Enforced.class).getFirst().enforcement());
    assertNull(story.last());
    assertTrue(story.happenings().contains(new Happening.DateComes(at("2026-07-10T00:00"), false)));
  }

  @Test
  void who_comes_back_from_leave_has_the_minimum_notice() throws JsonException {
    var leave = "{\"from\": \"2026-07-02T18:00\", \"to\": \"2026-07-20T09:00\"}";
    var story = story(WORKER.replace("AWAY", leave), "");
    assertEquals("2026-07-20T09:00 ANNOUNCED 2026-07-21T09:00", told(story, "li-na").getFirst());
    assertEquals(SetBy.MINIMUM_NOTICE, setBy(story));
    assertEquals(LocalDateTime.parse("2026-07-21T09:30"), enforced(story));
  }

  @Test
  void a_machine_without_people_counts_as_told_after_a_day_and_goes_on_time() throws JsonException {
    var story = story("", "");
    assertEquals(List.of(), told(story, ""));
    assertTrue(story.happenings().contains(new Happening.GaveUp(at("2026-07-04T09:30"), "")));
    assertEquals(LocalDateTime.parse("2026-07-10T00:00"), enforced(story));
  }

  @Test
  void a_second_person_who_is_never_there_does_not_stop_it() throws JsonException {
    var other =
        AT_WORK
            .replace("li-na", "wang-wei")
            .replace(
                "\"away\": []",
                "\"away\": [{\"from\": \"2026-07-01T00:00\", \"to\": \"2026-09-01T00:00\"}]");
    var story = story(AT_WORK + "," + other, "");
    assertEquals(List.of(), told(story, "wang-wei"));
    assertEquals(
        List.of("wang-wei"),
        all(story, Happening.GaveUp.class).stream().map(Happening.GaveUp::person).toList());
    // Their last call cannot be heard, and is kept up for an hour.
    assertEquals(LocalDateTime.parse("2026-07-10T10:00"), enforced(story));
  }

  @Test
  void powered_off_over_the_date() throws JsonException {
    var off = "{\"from\": \"2026-07-08T12:00\", \"to\": \"2026-07-15T11:00\"}";
    var story = story(AT_WORK, ", \"off\": [" + off + "]");
    assertEquals("2026-07-15T11:00 LAST_HOUR 2026-07-15T11:30", told(story, "li-na").get(3));
    assertEquals(LocalDateTime.parse("2026-07-15T11:30"), enforced(story));
  }

  @Test
  void put_off_as_often_as_the_rule_allows() throws JsonException {
    var once = event("put-off", "2026-07-08T10:00", "'person': 'li-na'");
    var story = atWork(once, once, once);
    var moment = at("2026-07-08T10:00");
    var first = all(story, Happening.PutOff.class).getFirst();
    assertEquals(new Happening.PutOff(moment, "li-na", at("2026-07-11T00:00"), 1), first);
    var third = all(story, Happening.PutOff.class).getLast();
    assertEquals(new Happening.PutOff(moment, "li-na", null, 0), third);
    assertEquals(SetBy.DEFERRAL, setBy(story));
    // Over the weekend nobody is there.
    assertEquals(LocalDateTime.parse("2026-07-13T09:30"), enforced(story));
  }

  @Test
  void who_is_not_at_the_device_answers_nothing() throws JsonException {
    var story = atWork(event("put-off", "2026-07-08T20:00", "'person': 'li-na'"));
    assertEquals(
        List.of(new Happening.NotAtIt(at("2026-07-08T20:00"), "li-na")),
        all(story, Happening.NotAtIt.class));
    assertEquals(LocalDateTime.parse("2026-07-10T09:30"), enforced(story));
  }

  @Test
  void a_reminder_is_promised_and_kept() throws JsonException {
    var story =
        atWork(
            event("remind", "2026-07-03T10:00", "'person': 'li-na', 'until': '2026-07-07T14:00'"));
    assertEquals("2026-07-07T14:00 REMINDER 2026-07-10T00:00", told(story, "li-na").get(1));
  }

  @Test
  void a_request_in_time_holds_it_and_a_refusal_ends_that() throws JsonException {
    var request = event("request", "2026-07-08T10:00", "'person': 'li-na'");
    var waiting = atWork(request);
    assertEquals(
        at("2026-07-11T10:00"), all(waiting, Happening.Requested.class).getFirst().waits());
    assertEquals(LocalDateTime.parse("2026-07-13T09:30"), enforced(waiting));
    var refused = atWork(request, event("refuse", "2026-07-09T10:00", "'reason': 'no need'"));
    assertEquals(LocalDateTime.parse("2026-07-10T09:30"), enforced(refused));
  }

  @Test
  void after_an_exemption_everything_begins_anew() throws JsonException {
    var story = atWork(event("exempt", "2026-07-08T10:00", "'until': '2026-07-15T12:00'"));
    assertEquals(
        List.of(new Happening.ExemptionEnded(at("2026-07-15T12:00"))),
        all(story, Happening.ExemptionEnded.class));
    assertEquals(SetBy.MINIMUM_NOTICE, setBy(story));
    assertEquals(LocalDateTime.parse("2026-07-16T12:00"), enforced(story));
  }

  @Test
  void a_stop_holds_it_until_it_is_lifted() throws JsonException {
    var story =
        atWork(
            event(
                "stop", "2026-07-09T10:00", "'reason': 'false hits', 'until': '2026-07-14T10:00'"));
    assertEquals(
        List.of(new Happening.Held(at("2026-07-09T10:00"), Verdict.Hold.STOPPED, "false hits")),
        all(story, Happening.Held.class));
    assertEquals(
        List.of(new Happening.Released(at("2026-07-14T10:00"))),
        all(story, Happening.Released.class));
    assertEquals(LocalDateTime.parse("2026-07-14T10:30"), enforced(story));
  }

  @Test
  void abroad_people_are_told_in_their_hours_there() throws JsonException {
    var story = atWork(event("travel", "2026-07-04T12:00", "'zone': 'Europe/Berlin'"));
    // 09:30 in Berlin is 15:30 in Shanghai.
    assertEquals("2026-07-06T15:30 REMINDER 2026-07-10T00:00", told(story, "li-na").get(1));
  }

  @Test
  void another_date_is_told_anew() throws JsonException {
    var story =
        atWork(
            event(
                "new-dates",
                "2026-07-08T10:00",
                "'announce': '2026-07-08T09:00', 'effective': '2026-07-22T10:00'"));
    assertTrue(told(story, "li-na").contains("2026-07-08T10:00 ANNOUNCED 2026-07-22T10:00"));
    assertEquals(LocalDateTime.parse("2026-07-22T10:00"), enforced(story));
  }

  @Test
  void a_rule_for_others_does_nothing() {
    var elsewhere =
        RuleFixtures.rule(
            RuleFixtures.CLAUDE_CODE.replace(
                "\"limits\"", "\"scope\": {\"os\": [\"macos\"]}, \"limits\""));
    var life = Life.ofOneWorker(SHANGHAI, at("2026-06-01T09:00"), List.of());
    var story = Story.of(elsewhere, life, at("2026-07-01T00:00"), at("2026-07-20T00:00"));
    assertInstanceOf(Verdict.OutOfScope.class, story.last());
    assertEquals(List.of(), all(story, Happening.Told.class));
  }
}
