package dev.interdict.server.api;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.server.access.Gate;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.Session;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.Counts;
import dev.interdict.server.compliance.Daily;
import dev.interdict.server.compliance.DeviceFilter;
import dev.interdict.server.compliance.DevicePage;
import dev.interdict.server.compliance.Overview;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.RefusedException;
import dev.interdict.server.http.Router;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who complies, as JSON, for people who are signed in. Thread-safe.
///
/// The query's keys are those of the pages: `rule`, `state`, `dept`, `os`, `source`, `q`,
/// `page_after` (host name and device id, separated by a slash) and `size`.
public final class ComplianceApi {
  private static final int SIZE = 50;

  private static final int MOST_DAYS = 4_000;

  private final Compliance compliance;
  private final Daily daily;
  private final Gate gate;

  public ComplianceApi(Compliance compliance, Daily daily, Gate gate) {
    this.compliance = compliance;
    this.daily = daily;
    this.gate = gate;
  }

  /// Adds the routes.
  public void addTo(Router router) {
    router
        .get("/api/v1/rules", gate.only(Role.VIEWER, this::rules))
        .get("/api/v1/rules/{rule}", gate.only(Role.VIEWER, this::rule))
        .get("/api/v1/rules/{rule}/days", gate.only(Role.VIEWER, this::days))
        .get("/api/v1/devices", gate.only(Role.VIEWER, this::devices));
  }

  private HttpResponse rules(HttpRequest request, Session session) {
    return HttpResponse.json(
        200, Json.object().put("rules", Json.texts(compliance.rules())).build());
  }

  private HttpResponse rule(HttpRequest request, Session session) {
    var overview = compliance.within(session.scope()).overview(request.part("rule"));
    var halt = compliance.halt(request.part("rule"));
    return HttpResponse.json(
        200,
        Json.object()
            .put("rule", overview.rule())
            .put("at", overview.at().toString())
            .put("last-report", text(overview.lastReport()))
            .put(
                "held-by-breaker",
                halt == null
                    ? null
                    : Json.object()
                        .put("since", halt.at().toString())
                        .put("why", halt.words())
                        .build())
            .put("devices", overview.counts().total())
            .put("on-no-list", overview.onNoList())
            .put("has-it", overview.counts().hasIt())
            .put("compliant", overview.counts().compliant())
            .put("states", json(overview.counts()))
            .put("by-department", json(overview.byDepartment()))
            .put("by-os", json(overview.byOs()))
            .put(
                "by-source",
                overview.bySource().stream()
                    .map(source ->
                        Json.object()
                            .put("name", source.name())
                            .put("devices", source.devices())
                            .build())
                    .toList())
            .build());
  }

  /// The figures of each day from `from` to `to` (such as 2026-07-01), of one `dept` or `os` if it
  /// is named. A day on which no server ran has no `states`.
  private HttpResponse days(HttpRequest request, Session session) {
    LocalDate from;
    LocalDate to;
    try {
      to = day(request.parameter("to"), daily.today());
      from = day(request.parameter("from"), to.minusDays(89));
      if (to.isBefore(from) || from.plusDays(MOST_DAYS).isBefore(to)) {
        throw new IllegalArgumentException(
            "from comes before to, by at most " + MOST_DAYS + " days");
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      throw unreadable(e);
    }
    var days =
        daily.days(
            session.scope(),
            request.part("rule"),
            from,
            to,
            request.parameter("dept"),
            request.parameter("os"));
    return HttpResponse.json(
        200,
        Json.object()
            .put("rule", request.part("rule"))
            .put(
                "days",
                days.stream()
                    .<Json>map(day ->
                        Json.object()
                            .put("day", day.day().toString())
                            .put("states", day.counts().map(ComplianceApi::json).orElse(null))
                            .build())
                    .toList())
            .build());
  }

  private static LocalDate day(@Nullable String text, LocalDate otherwise) {
    return text == null ? otherwise : LocalDate.parse(text);
  }

  private static RefusedException unreadable(Exception e) {
    return new RefusedException(
        HttpResponse.problem(
            400,
            "query",
            "The query cannot be understood.",
            Json.object().put("detail", e.getMessage()).build()));
  }

  private HttpResponse devices(HttpRequest request, Session session) {
    DevicePage page;
    try {
      page =
          compliance
              .within(session.scope())
              .devices(filter(request), after(request), size(request));
    } catch (IllegalArgumentException e) {
      throw unreadable(e);
    }
    var next = page.next();
    return HttpResponse.json(
        200,
        Json.object()
            .put("total", page.total())
            .put("next", next == null ? null : next.host() + "/" + next.id())
            .put("devices", page.rows().stream().map(ComplianceApi::json).toList())
            .build());
  }

  private static DeviceFilter filter(HttpRequest request) {
    var query = request.parameters();
    return new DeviceFilter(
        request.parameter("rule"),
        set(query, "state").stream().map(Status::ofWord).collect(Collectors.toSet()),
        set(query, "dept"),
        set(query, "os"),
        set(query, "source"),
        request.parameter("q"));
  }

  private static Set<String> set(Map<String, List<String>> query, String name) {
    return Set.copyOf(query.getOrDefault(name, List.of()));
  }

  private static DevicePage.@Nullable Cursor after(HttpRequest request) {
    var after = request.parameter("page_after");
    if (after == null) {
      return null;
    }
    var slash = after.lastIndexOf('/');
    return new DevicePage.Cursor(
        after.substring(0, Math.max(slash, 0)), new DeviceId(after.substring(slash + 1)));
  }

  private static int size(HttpRequest request) {
    var size = request.parameter("size");
    return size == null ? SIZE : Integer.parseInt(size);
  }

  private static Json json(DevicePage.Row row) {
    var status = row.status();
    return Json.object()
        .put("id", row.id().value())
        .put("host", row.host())
        .put("department", row.department())
        .put("os", row.os())
        .put("agent", row.agentVersion())
        .put("last-contact", text(row.lastContact()))
        .put("state", status == null ? null : status.word())
        .put("due", text(row.due()))
        .put("error", row.error())
        .build();
  }

  private static List<Json> json(List<Overview.Group> groups) {
    return groups.stream()
        .<Json>map(group ->
            Json.object().put("name", group.name()).put("states", json(group.counts())).build())
        .toList();
  }

  private static Json json(Counts counts) {
    var states = Json.object();
    for (var status : Status.values()) {
      states.put(status.word(), counts.get(status));
    }
    return states.build();
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}
