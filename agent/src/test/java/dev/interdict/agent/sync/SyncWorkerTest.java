package dev.interdict.agent.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.pipe.Frames;
import dev.interdict.agent.policy.PolicyKeeper;
import dev.interdict.agent.state.Enrolment;
import dev.interdict.agent.state.Uplink;
import dev.interdict.decide.Situation.PolicyAge;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Beacon;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.report.Look;
import dev.interdict.report.PolicyVersion;
import dev.interdict.report.Problem;
import dev.interdict.trust.repository.RepositoryPlan;
import dev.interdict.wire.Headers;
import dev.interdict.wire.Routes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncWorkerTest {
  @TempDir Path folder;
  private SmallServer server;
  private PolicyKeeper keeper;

  @BeforeEach
  void begin() throws Exception {
    server = new SmallServer(folder.resolve("repository"));
    var list = List.of(RuleFixtures.json(RuleFixtures.CLAUDE_CODE));
    server.repository.publish(
        RepositoryPlan.BLOCKLIST,
        Blocklist.PATH,
        JsonWriter.compact(Blocklist.document(1, "IT", list)),
        List.of(server.keys.blocklist()));
    PolicyKeeper.begin(trust(), server.repository.initialRoot());
    keeper = PolicyKeeper.open(trust(), Enrolment.create(server.address()).device());
  }

  @AfterEach
  void end() {
    server.close();
  }

  private Path trust() {
    return folder.resolve("trust");
  }

  private Path stage() {
    return folder.resolve("stage");
  }

  private PolicyKeeper.Taken take(PolicyKeeper keeper) {
    return keeper.take(stage(), SmallServer.NOW, (_, start) -> start);
  }

  private SyncResult run(URI address, long... reports) throws IOException {
    return run(address, List.of(), reports);
  }

  private SyncResult run(URI address, List<Beacon> beacons, long... reports) throws IOException {
    return run(address, Uplink.STRAIGHT, beacons, reports);
  }

  private SyncResult run(URI address, Uplink uplink, List<Beacon> beacons, long... reports)
      throws IOException {
    var posts = LongStream.of(reports).mapToObj(SyncWorkerTest::post).toList();
    var job =
        new SyncJob(
            address, SmallServer.NOW, "ab".repeat(32), keeper.targets(), posts, beacons, uplink);
    var in = new ByteArrayOutputStream();
    var bodies =
        LongStream.of(reports)
            .mapToObj(sequence -> ("report " + sequence).getBytes(StandardCharsets.UTF_8))
            .toList();
    var folders = new Stage(trust(), stage());
    SyncPipe.ask(job, bodies, folders, in);
    var out = new ByteArrayOutputStream();
    SyncWorker.run(new ByteArrayInputStream(in.toByteArray()), out);
    return SyncPipe.result(new ByteArrayInputStream(out.toByteArray()), folders);
  }

  @Test
  void that_a_company_has_no_list_yet_is_known_once_that_is_verified() throws Exception {
    try (var fresh = new SmallServer(folder.resolve("fresh"))) {
      var trusted = folder.resolve("other");
      PolicyKeeper.begin(trusted, fresh.repository.initialRoot());
      var other = PolicyKeeper.open(trusted, Enrolment.create(fresh.address()).device());
      assertNull(other.current(SmallServer.NOW).version());
      var job =
          new SyncJob(
              fresh.address(),
              SmallServer.NOW,
              "ab".repeat(32),
              other.targets(),
              List.of(),
              List.of(),
              Uplink.STRAIGHT);
      var in = new ByteArrayOutputStream();
      var folders = new Stage(trusted, stage());
      SyncPipe.ask(job, List.of(), folders, in);
      var out = new ByteArrayOutputStream();
      SyncWorker.run(new ByteArrayInputStream(in.toByteArray()), out);
      SyncPipe.result(new ByteArrayInputStream(out.toByteArray()), folders);
      assertNull(other.take(stage(), SmallServer.NOW, (_, start) -> start).problem());
      var policy = other.current(SmallServer.NOW);
      assertEquals(new PolicyVersion(0, 1), policy.version());
      assertEquals(List.of(), policy.problems());
      assertEquals(PolicyAge.CURRENT, policy.age());
      // Its word that there is no newer one ends, as with a list.
      var end = Objects.requireNonNull(policy.freshUntil());
      assertEquals(PolicyAge.CURRENT, other.current(end.minusMillis(1)).age());
      assertEquals(PolicyAge.STALE, other.current(end).age());
      // Nobody knows it who did not hear it.
      var restarted = PolicyKeeper.open(trusted, Enrolment.create(fresh.address()).device());
      assertNull(restarted.current(SmallServer.NOW).version());
    }
  }

  private static SyncJob.Post post(long sequence) {
    SequencedMap<String, String> headers = new LinkedHashMap<>();
    headers.put(Headers.SEQUENCE, Long.toString(sequence));
    return new SyncJob.Post(sequence, Routes.REPORTS, headers);
  }

  @Test
  void it_stages_exactly_what_the_guard_then_verifies() throws Exception {
    var result = run(server.address());
    assertTrue(result.reached());
    assertEquals("", result.message());
    var issued = new PolicyKeeper.Issued(SmallServer.NOW, SmallServer.NOW, null);
    assertEquals(new PolicyKeeper.Taken(true, null, "", issued), take(keeper));
    assertEquals(1, keeper.current(SmallServer.NOW).blocklist().serial());
  }

  @Test
  void it_says_which_beacons_it_sees_also_where_the_policy_server_is_away() throws Exception {
    var identity = TlsServer.Identity.make(folder, "intranet", "EC");
    try (var intranet = TlsServer.start(identity.context(), "TLSv1.3")) {
      var there = intranet.beacon("127.0.0.1", identity);
      var away = new Beacon("127.0.0.1", there.port(), "0".repeat(64));
      assertEquals(List.of(there), run(server.address(), List.of(away, there)).beacons());
      server.close();
      var unreached = run(server.address(), List.of(away, there));
      assertFalse(unreached.reached());
      assertEquals(List.of(there), unreached.beacons());
    }
  }

  @Test
  void it_never_writes_into_the_guards_own_files() throws Exception {
    run(server.address());
    try (var files = Files.list(trust())) {
      assertEquals(List.of(trust().resolve("initial-root.json")), files.toList());
    }
  }

  @Test
  void reports_go_out_with_their_bytes_and_headers() throws Exception {
    assertEquals(
        List.of(new SyncResult.Answer(1, 204, 0), new SyncResult.Answer(2, 204, 0)),
        run(server.address(), 1, 2).answers());
    assertEquals(List.of("report 1", "report 2"), server.taken);
  }

  /// The guard writes all of them before it reads, into a pipe that holds less.
  @Test
  void large_reports_that_are_not_sent_cost_no_answer() throws Exception {
    server.statuses.put(1L, 503);
    var large = new byte[1 << 20];
    var posts = List.of(post(1), post(2), post(3));
    var folders = new Stage(trust(), stage());
    for (var address : List.of(server.address(), URI.create("http://127.0.0.1:1/"))) {
      var job = new SyncJob(address, SmallServer.NOW, "ab".repeat(32), keeper.targets(), posts);
      var there = Pipe.open();
      var back = Pipe.open();
      var worker =
          CompletableFuture.runAsync(() -> {
            try (var in = Channels.newInputStream(there.source());
                var out = Channels.newOutputStream(back.sink())) {
              SyncWorker.run(in, out);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      try (var out = Channels.newOutputStream(there.sink());
          var in = Channels.newInputStream(back.source())) {
        SyncPipe.ask(job, List.of(large, large, large), folders, out);
        var result = SyncPipe.result(in, folders);
        assertEquals(address.equals(server.address()), result.reached());
        worker.get(10, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void who_looked_at_this_device_is_brought_back() throws Exception {
    var looks = List.of(new Look(SmallServer.NOW, "li.na", "viewer"));
    server.instead.put(Routes.REPORTS, SmallServer.body(Look.write(looks)));
    var result = run(server.address(), 1);
    assertEquals(looks, result.looks());
    assertEquals(List.of(new SyncResult.Answer(1, 200, 0)), result.answers());
  }

  @Test
  void what_is_no_list_of_looks_tells_of_none_and_the_report_counts_as_delivered()
      throws Exception {
    var one = "{\"at\":\"2026-07-10T00:00:00Z\",\"who\":\"x\",\"role\":\"viewer\"}";
    for (var odd :
        List.of(
            "<html>",
            "{\"looks\":3}",
            "{\"looks\":[{}]}",
            "{\"looks\":[],\"run\":\"x\"}",
            "{\"looks\":[" + (one + ",").repeat(Look.MOST) + one + "]}")) {
      server.instead.put(Routes.REPORTS, SmallServer.body(odd.getBytes(StandardCharsets.UTF_8)));
      var result = run(server.address(), 1);
      assertEquals(List.of(), result.looks(), odd);
      assertEquals(List.of(new SyncResult.Answer(1, 200, 0)), result.answers(), odd);
      assertTrue(result.message().contains("not understood"), result.message());
    }
  }

  @Test
  void after_one_that_must_wait_no_later_report_is_sent() throws Exception {
    for (var status : List.of(401, 429, 500, 503)) {
      server.statuses.put(2L, status);
      assertEquals(
          List.of(new SyncResult.Answer(1, 204, 0), new SyncResult.Answer(2, status, 0)),
          run(server.address(), 1, 2, 3).answers());
    }
    assertFalse(server.taken.contains("report 3"));
  }

  @Test
  void after_one_that_was_cut_off_no_later_report_is_sent() throws Exception {
    server.instead.put(Routes.REPORTS, com.sun.net.httpserver.HttpExchange::close);
    var result = run(server.address(), 1, 2);
    assertEquals(List.of(), result.answers());
    assertTrue(result.message().startsWith("report 1 not delivered"), result.message());
    assertEquals(1, server.asked.stream().filter(("POST " + Routes.REPORTS)::equals).count());
  }

  @Test
  void one_that_is_refused_for_good_does_not_hold_up_the_next() throws Exception {
    server.statuses.put(1L, 422);
    run(server.address(), 1, 2);
    assertEquals(List.of("report 2"), server.taken);
  }

  @Test
  void an_answer_without_end_is_cut_and_nothing_of_it_is_staged() throws Exception {
    server.instead.put(Routes.TUF + "timestamp.json", SmallServer.body(new byte[5 << 20]));
    var result = run(server.address());
    assertTrue(result.reached());
    assertTrue(result.message().contains("longer than"), result.message());
    assertFalse(Files.exists(stage().resolve("timestamp.json")));
    var taken = take(keeper);
    assertEquals(Problem.POLICY_UNREACHABLE, taken.problem());
  }

  @Test
  void an_oversized_time_is_no_time() throws Exception {
    server.instead.put(Routes.TIME, SmallServer.body(new byte[1 << 20]));
    var result = run(server.address());
    assertTrue(result.reached());
    assertNull(result.time());
  }

  @Test
  void a_server_in_trouble_still_gets_the_reports() throws Exception {
    server.instead.put(Routes.TUF + "timestamp.json", SmallServer.status(500));
    var result = run(server.address(), 1);
    assertTrue(result.message().contains("answered 500"), result.message());
    assertEquals(List.of("report 1"), server.taken);
  }

  @Test
  void a_redirect_is_not_followed() throws Exception {
    server.instead.put(
        Routes.TUF + "timestamp.json",
        exchange -> {
          exchange.getResponseHeaders().set("location", "/elsewhere");
          SmallServer.status(302).to(exchange);
        });
    assertTrue(run(server.address()).message().contains("answered 302"));
    assertFalse(server.asked.contains("GET /elsewhere"));
  }

  @Test
  void a_server_without_the_files_is_said() throws Exception {
    server.instead.put(Routes.TUF + "timestamp.json", SmallServer.status(404));
    assertTrue(run(server.address()).message().contains("has no timestamp.json"));
  }

  @Test
  void what_an_earlier_run_staged_is_gone() throws Exception {
    Files.createDirectories(stage().resolve("targets"));
    Files.writeString(stage().resolve("targets/old.json"), "old");
    run(server.address());
    assertFalse(Files.exists(stage().resolve("targets/old.json")));
  }

  @Test
  void where_nobody_listens_it_says_so() throws Exception {
    var gone = server.address();
    server.close();
    var result = run(gone, 1);
    assertFalse(result.reached());
    assertEquals(List.of(), result.answers());
  }

  @Test
  void without_a_job_it_ends() {
    var out = new ByteArrayOutputStream();
    assertThrows(
        IOException.class, () -> SyncWorker.run(new ByteArrayInputStream(new byte[0]), out));
    assertEquals(0, out.size());
  }

  @Test
  void a_result_that_lies_in_form_is_not_read() throws Exception {
    for (var hostile :
        new String[] {
          "[]",
          "{\"reached\":true,\"answers\":[{\"sequence\":-1,\"status\":204,\"retry-after\":0}]}",
          "{\"reached\":true,\"answers\":[],\"keep\":1}"
        }) {
      var pipe = new ByteArrayOutputStream();
      Parcels.end(pipe);
      Frames.write(pipe, hostile.getBytes(StandardCharsets.UTF_8));
      assertRefused(pipe);
    }
  }

  private void assertRefused(ByteArrayOutputStream pipe) {
    var folders = new Stage(trust(), stage());
    assertThrows(
        IOException.class,
        () -> SyncPipe.result(new ByteArrayInputStream(pipe.toByteArray()), folders));
  }

  @Test
  void a_file_that_the_worker_names_elsewhere_is_not_written() throws Exception {
    for (var name :
        List.of(
            "../evil", "/etc/evil", "a/../../evil", "targets/../../evil", ".x", "a//b", "a\0b")) {
      var pipe = new ByteArrayOutputStream();
      Parcels.write(pipe, name, new byte[] {1});
      Parcels.end(pipe);
      Frames.write(pipe, SyncResult.unreached("").write());
      assertRefused(pipe);
    }
    assertFalse(Files.exists(folder.resolve("evil")));
    assertFalse(Files.exists(stage()));
  }

  @Test
  void more_files_than_a_client_keeps_are_not_taken() throws Exception {
    var pipe = new ByteArrayOutputStream();
    for (var i = 0; i <= 1000; i++) {
      Parcels.write(pipe, i + ".root.json", new byte[0]);
    }
    Parcels.end(pipe);
    Frames.write(pipe, SyncResult.unreached("").write());
    assertRefused(pipe);
  }

  @Test
  void what_an_earlier_run_brought_is_gone_before_the_next() throws Exception {
    run(server.address());
    assertTrue(Files.exists(stage().resolve("timestamp.json")));
    var gone = server.address();
    server.close();
    run(gone);
    assertFalse(Files.exists(stage().resolve("timestamp.json")));
  }
}
