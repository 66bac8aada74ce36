package dev.interdict.agent.notice;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import dev.interdict.policy.RuleId;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;

/// A notice as the guard's pipes and its socket carry it. Written and read by the same release.
///
/// Long texts are shortened when writing, so that no rule whatever it says can make a notice that
/// the other side refuses to read, and nobody is left untold.
public final class NoticeJson {
  /// As much as [Notice#MOST_MATTERS] matters of the longest texts take.
  public static final int MOST_BYTES = 1 << 20;

  private static final int MOST_ADDRESS = 2_000;
  private static final JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 6, 16 << 10, 2_000, false);

  private NoticeJson() {}

  /// The form of `notice`.
  public static Json.Obj write(Notice notice) {
    var recipient = notice.recipient();
    var home = recipient.home();
    return Json.object()
        .put("id", notice.id())
        .put("urgency", Fields.written(notice.urgency()))
        .put("user", home.user())
        .put("uid", home.uid())
        .put("home", home.path().toString())
        .put("language", recipient.language().tag())
        .put("zone", recipient.zone().getId())
        .put("matters", notice.matters().stream().map(NoticeJson::write).toList())
        .build();
  }

  private static Json write(Matter matter) {
    var url = matter.replacementUrl();
    return Json.object()
        .put("rule", matter.rule().value())
        .put("tool", PhaseJson.text(matter.tool()))
        .put("replacement", PhaseJson.text(matter.replacement()))
        // Half an address leads somewhere else.
        .put("replacement-url", url.length() > MOST_ADDRESS ? null : PhaseJson.absentIfEmpty(url))
        .put("enforcement", Fields.written(matter.enforcement()))
        .put("phase", PhaseJson.write(matter.phase()))
        .build();
  }

  /// The notice in `bytes`.
  ///
  /// @throws JsonException if there is none, or too much
  public static Notice read(byte[] bytes) throws JsonException {
    return read(JsonReader.read(bytes, LIMITS));
  }

  /// The notice that `json` is, which came out of bounded bytes.
  ///
  /// @throws JsonException if it is none
  public static Notice read(Json json) throws JsonException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(json, faults);
    var id = fields.text("id");
    var urgency = fields.choice("urgency", Notice.Urgency.class);
    var home =
        new Home(
            fields.text("user"),
            (int) fields.integer("uid", 0, Integer.MAX_VALUE),
            fields.parsed("home", BytePath::parse, BytePath.ROOT));
    var recipient =
        new Recipient(
            home,
            fields.parsed("language", NoticeJson::language, Language.EN),
            fields.parsed("zone", ZoneId::of, ZoneOffset.UTC));
    var matters = fields.list("matters", (item, at) -> matter(Fields.of(item, at, faults)));
    fields.end();
    if (!faults.isEmpty()) {
      throw new JsonException("no notice: " + faults.getFirst());
    }
    try {
      return new Notice(id, urgency, recipient, matters);
    } catch (IllegalArgumentException e) {
      throw new JsonException("no notice: " + e.getMessage());
    }
  }

  private static Matter matter(Fields fields) {
    var rule = fields.parsed("rule", RuleId::new, new RuleId("unreadable"));
    var tool = PhaseJson.text(fields, "tool");
    var replacement = PhaseJson.text(fields, "replacement");
    var url = fields.optionalParsed("replacement-url", NoticeJson::https, "");
    var enforcement = fields.choice("enforcement", Enforcement.class);
    if (enforcement == Enforcement.OBSERVE) {
      fields.fault("enforcement", "only observes; nobody is told of it");
      enforcement = Enforcement.NOTIFY;
    }
    var phase = PhaseJson.read(fields.object("phase"));
    fields.end();
    return new Matter(rule, tool, replacement, url, enforcement, phase);
  }

  private static Language language(String tag) {
    for (var language : Language.values()) {
      if (language.tag().equals(tag)) {
        return language;
      }
    }
    throw new IllegalArgumentException("unknown language \"" + tag + "\"");
  }

  /// It is opened in a browser, so nothing but a page's address may stand here.
  private static String https(String url) {
    if (!url.startsWith("https://")
        || url.length() > MOST_ADDRESS
        || url.chars().anyMatch(c -> c <= ' ')) {
      throw new IllegalArgumentException("is no address of a page; it must start with https://");
    }
    return url;
  }
}
