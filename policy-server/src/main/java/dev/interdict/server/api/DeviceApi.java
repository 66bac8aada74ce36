package dev.interdict.server.api;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.report.ChainAnswer;
import dev.interdict.report.Heartbeat;
import dev.interdict.report.Look;
import dev.interdict.report.ReportJson;
import dev.interdict.server.fleet.CheckIns;
import dev.interdict.server.fleet.EnrolOutcome;
import dev.interdict.server.fleet.Enrolment;
import dev.interdict.server.fleet.Farewells;
import dev.interdict.server.fleet.Heartbeats;
import dev.interdict.server.fleet.Intake;
import dev.interdict.server.fleet.KeyChanges;
import dev.interdict.server.fleet.ReportOutcome;
import dev.interdict.server.fleet.SignedRequest;
import dev.interdict.server.http.Admission;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.RefusedException;
import dev.interdict.server.http.Router;
import dev.interdict.server.metrics.Measures;
import dev.interdict.wire.Farewell;
import dev.interdict.wire.Headers;
import dev.interdict.wire.KeyReplacement;
import dev.interdict.wire.RequestParts;
import dev.interdict.wire.Routes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What devices ask of the server. Thread-safe.
///
/// Enrol: 201 new, 200 known. Reports: 204 stored or stored before, 200 likewise where somebody
/// looked at the device's page, with the member `looks` ([Look]). Heartbeats: 204 taken, 412 where
/// the whole report is wanted. Keys: 204 replaced, 409 kept. Farewells: 204 noted, 409 overtaken.
/// All: 401 not proven, 422 malformed. Reports: 503 with Retry-After when too much waits, before
/// anything is read. Reports and heartbeats that are taken are told when to come again. Reports:
/// 409 with the member `expected` ([ChainAnswer]) when another report holds the place in the chain,
/// and without it when two machines have the device's key; 200 with it when a report comes again
/// after later ones.
public final class DeviceApi {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceApi.class);
  private static final int ENROL_BYTES = 16 << 10;
  private static final int TIME_BYTES = 1 << 10;

  /// Reports that are read, proven and stored at once: enough for a commit that is worth it, and so
  /// few that the last of them is answered within a fraction of a second.
  private static final int REPORTS_AT_ONCE = 512;

  private static final Pattern SEQUENCE = Pattern.compile("0|[1-9][0-9]{0,17}");
  private static final Pattern NONCE = Pattern.compile("[0-9a-f]{64}");

  private final Enrolment enrolment;
  private final Intake intake;
  private final Heartbeats heartbeats;
  private final KeyChanges keys;
  private final Farewells farewells;
  private final CheckIns checkIns;
  private final BooleanSupplier crowded;
  private final TimeSigner time;
  private final SignedFiles files;
  private final Semaphore reports = new Semaphore(REPORTS_AT_ONCE);

  /// @param crowded whether so much waits that reports are sent away
  public DeviceApi(
      Enrolment enrolment,
      Intake intake,
      Heartbeats heartbeats,
      KeyChanges keys,
      Farewells farewells,
      CheckIns checkIns,
      BooleanSupplier crowded,
      TimeSigner time,
      SignedFiles files) {
    this.enrolment = enrolment;
    this.intake = intake;
    this.heartbeats = heartbeats;
    this.keys = keys;
    this.farewells = farewells;
    this.checkIns = checkIns;
    this.crowded = crowded;
    this.time = time;
    this.files = files;
  }

  /// Adds the routes of the device listener.
  public void addTo(Router router) {
    router
        .post(Routes.ENROL, ENROL_BYTES, signed(() -> 0), this::enrol)
        .post(Routes.REPORTS, ReportJson.LIMITS.bytes(), signed(this::refusedFor), this::report)
        .post(Routes.HEARTBEAT, Heartbeat.MOST_BYTES, signed(() -> 0), this::heartbeat)
        .post(Routes.KEY, KeyReplacement.MOST_BYTES, signed(() -> 0), this::key)
        .post(Routes.UNENROL, Farewell.MOST_BYTES, signed(() -> 0), this::farewell)
        .post(Routes.TIME, TIME_BYTES, this::time)
        .get(Routes.TUF + "{file...}", request -> files.answer(request, request.part("file")));
  }

  private HttpResponse enrol(HttpRequest request) {
    return switch (enrolment.enrol(signed(request))) {
      case EnrolOutcome.Enrolled(var answer) ->
          HttpResponse.of(201, "application/json", answer.write());
      case EnrolOutcome.Known(var answer) ->
          HttpResponse.of(200, "application/json", answer.write());
      case EnrolOutcome.NotProven(var why) -> notProven("enrolment", why);
      case EnrolOutcome.TokenRefused _ ->
          HttpResponse.problem(
              403, "token", "This enrolment token admits no device; ask for a new one.");
      case EnrolOutcome.Later _ ->
          HttpResponse.problem(
                  503, "busy", "This enrolment token admits no more devices within the hour.")
              .with("Retry-After", "900");
      case EnrolOutcome.Malformed(var why) -> malformed(why);
    };
  }

  /// Takes on what bears a signature in its head and `admission` lets in. Whether it is a good one
  /// is told with the body, whose digest it covers.
  private static Admission signed(Admission admission) {
    return new Admission() {
      @Override
      public int refusedFor() {
        return admission.refusedFor();
      }

      @Override
      public @Nullable HttpResponse refusal(HttpRequest head) {
        try {
          var _ = signed(head);
          return null;
        } catch (RefusedException e) {
          return e.response();
        }
      }
    };
  }

  private int refusedFor() {
    return crowded.getAsBoolean() || reports.availablePermits() == 0 ? checkIns.later() : 0;
  }

  private HttpResponse heartbeat(HttpRequest request) {
    return switch (heartbeats.accept(signed(request))) {
      case Heartbeats.Outcome.Taken _ -> timed(HttpResponse.empty(204));
      case Heartbeats.Outcome.WantsWhole _ ->
          HttpResponse.problem(412, "whole-report", "Send the whole report.");
      case Heartbeats.Outcome.NotProven(var why) -> notProven("heartbeat", why);
      case Heartbeats.Outcome.Malformed(var why) -> malformed(why);
    };
  }

  private HttpResponse key(HttpRequest request) {
    return switch (keys.accept(signed(request))) {
      case KeyChanges.Outcome.Done _ -> HttpResponse.empty(204);
      case KeyChanges.Outcome.Refused(var why) ->
          HttpResponse.problem(
              409, "key", "The device keeps its key.", Json.object().put("detail", why).build());
      case KeyChanges.Outcome.NotProven(var why) -> notProven("key", why);
      case KeyChanges.Outcome.Malformed(var why) -> malformed(why);
    };
  }

  private HttpResponse farewell(HttpRequest request) {
    return switch (farewells.accept(signed(request))) {
      case Farewells.Outcome.Noted _ -> HttpResponse.empty(204);
      case Farewells.Outcome.Overtaken(var expected) ->
          HttpResponse.problem(
              409,
              "chain",
              "This device told something later than its farewell.",
              Json.object().put(ChainAnswer.EXPECTED, expected).build());
      case Farewells.Outcome.NotProven(var why) -> notProven("farewell", why);
      case Farewells.Outcome.Malformed(var why) -> malformed(why);
    };
  }

  private HttpResponse timed(HttpResponse answer) {
    return answer.with(Headers.NEXT_CONTACT, Integer.toString(checkIns.next()));
  }

  private HttpResponse report(HttpRequest request) {
    // Those that were let in while their bodies came.
    if (!reports.tryAcquire()) {
      return HttpResponse.problem(503, "busy", "Too much is waiting; try again later.")
          .with("Retry-After", Integer.toString(checkIns.later()));
    }
    try {
      return taken(request);
    } finally {
      reports.release();
    }
  }

  private HttpResponse taken(HttpRequest request) {
    return switch (intake.accept(signed(request))) {
      case ReportOutcome.Accepted(var looks) -> timed(taken(looks));
      case ReportOutcome.Repeated(var looks, var expected) ->
          timed(expected == 0 ? taken(looks) : repeated(looks, expected));
      case ReportOutcome.Forked(var expected) ->
          HttpResponse.problem(
              409,
              "chain",
              "Another report holds this place in the device's chain.",
              Json.object().put(ChainAnswer.EXPECTED, expected).build());
      case ReportOutcome.Cloned _ ->
          HttpResponse.problem(
              409,
              "cloned",
              "Another machine reports with this device's key; enrol this one anew.");
      case ReportOutcome.NotProven(var why) -> notProven("report", why);
      case ReportOutcome.Malformed(var why) -> malformed(why);
    };
  }

  /// An agent that does not know of looks takes both for the same.
  private static HttpResponse taken(List<Look> looks) {
    return looks.isEmpty()
        ? HttpResponse.empty(204)
        : HttpResponse.of(200, "application/json", Look.write(looks));
  }

  private static HttpResponse repeated(List<Look> looks, long expected) {
    return HttpResponse.of(
        200,
        "application/json",
        JsonWriter.compact(
            Json.object()
                .put("looks", looks.stream().map(Look::json).toList())
                .put(ChainAnswer.EXPECTED, expected)
                .build()));
  }

  private HttpResponse time(HttpRequest request) {
    var faults = new ArrayList<Fault>();
    try {
      var limits = new JsonLimits(TIME_BYTES, 4, 200, 20, false);
      var fields = Fields.of(JsonReader.read(request.body(), limits), faults);
      var nonce = fields.text("nonce");
      if (faults.isEmpty() && NONCE.matcher(nonce).matches()) {
        return HttpResponse.of(200, "application/json", time.sign(HexFormat.of().parseHex(nonce)));
      }
    } catch (JsonException e) {
      return malformed(String.valueOf(e.getMessage()));
    }
    return malformed("the nonce is 64 lower-case hex digits");
  }

  private static SignedRequest signed(HttpRequest request) {
    var sequence = needed(request, Headers.SEQUENCE);
    if (!SEQUENCE.matcher(sequence).matches()) {
      throw new RefusedException(malformed("the sequence header is no whole number"));
    }
    return new SignedRequest(
        new RequestParts(
            request.method(),
            request.path(),
            request.query(),
            needed(request, Headers.CONTENT_DIGEST),
            Long.parseLong(sequence)),
        needed(request, Headers.SIGNATURE_INPUT),
        needed(request, Headers.SIGNATURE),
        request.body());
  }

  private static String needed(HttpRequest request, String header) {
    var value = request.header(header);
    if (value == null) {
      throw new RefusedException(notProven("header", "the header field " + header + " is missing"));
    }
    return value;
  }

  /// One answer for all causes: which devices exist is not told to somebody who is none of them.
  private static HttpResponse notProven(String kind, String why) {
    Measures.SIGNATURE_FAILURES.count(kind);
    LOG.atDebug().addKeyValue("why", why).log("device request not proven");
    return HttpResponse.problem(
        401, "not-proven", "The request is not signed by a device that is enrolled here.");
  }

  private static HttpResponse malformed(String why) {
    return HttpResponse.problem(
        422, "malformed", "The document cannot be read.", Json.object().put("detail", why).build());
  }
}
