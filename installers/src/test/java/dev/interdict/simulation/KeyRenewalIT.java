package dev.interdict.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.guard.Carrier;
import dev.interdict.agent.guard.Enforcer;
import dev.interdict.agent.guard.Station;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.match.Finding;
import dev.interdict.agent.policy.PolicyKeeper;
import dev.interdict.agent.state.DeviceKeys;
import dev.interdict.agent.state.Enrolment;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.agent.sync.Line;
import dev.interdict.agent.sync.Stage;
import dev.interdict.agent.sync.SyncJob;
import dev.interdict.agent.sync.SyncPipe;
import dev.interdict.agent.sync.SyncResult;
import dev.interdict.agent.sync.SyncWorker;
import dev.interdict.agent.time.FixedBootClock;
import dev.interdict.agent.time.FixedWallClock;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.RuleId;
import dev.interdict.report.Coverage;
import dev.interdict.report.Device;
import dev.interdict.report.Report;
import dev.interdict.report.ReportId;
import dev.interdict.report.ReportJson;
import dev.interdict.simulation.disk.Crash;
import dev.interdict.simulation.disk.SimulatedDisk;
import dev.interdict.trust.DurableFile;
import dev.interdict.trust.SeededRandom;
import dev.interdict.wire.Routes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The replacement of a device's key between the real guard, on a disk that loses what was not
/// forced, and the real server; both are interrupted at every point.
class KeyRenewalIT implements Enforcer {
  /// Between the points at which the agent is killed; 1 takes minutes and leaves none out.
  private static final int STEP = Integer.getInteger("interdict.keys.step", 7);

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  @TempDir Path folder;
  private Instant now = Instant.parse("2026-07-01T08:00:00Z");
  private Headquarters server;

  /// What becomes of an offer of a key on its way.
  private enum Way {
    THROUGH,
    REQUEST_LOST,
    ANSWER_LOST
  }

  @BeforeEach
  void begin() throws Exception {
    var story = new Story();
    var witness = new Witness(new Agenda(now), story);
    server =
        new Headquarters(folder, () -> now, new SeededRandom(5), story, witness, Broken.NOTHING);
  }

  @AfterEach
  void end() {
    server.close();
  }

  /// A machine with its guard.
  private final class Machine implements Carrier {
    final SimulatedDisk disk = new SimulatedDisk();
    final StateDirectory state = new StateDirectory(disk.root().resolve("state"));
    final FixedBootClock boot = new FixedBootClock();
    final FixedWallClock wall = new FixedWallClock(boot, now);
    final Enrolment enrolment = Enrolment.create(URI.create("https://interdict.example.com/"));
    final Device device = Workstation.device(enrolment, "ws-1");
    Way way = Way.THROUGH;
    Station station;

    Machine() throws Exception {
      server.admit(enrolment, device);
      Files.createDirectories(state.path());
      PolicyKeeper.begin(state.trust(), server.initialRoot());
      station = start();
      exchange();
    }

    private Station start() throws IOException {
      return new Station(
          new Station.Ground(
              state,
              enrolment,
              device,
              boot,
              wall,
              () -> ZONE,
              Set::of,
              this,
              (_, _) -> {
                throw new IllegalStateException("nothing is looked for here");
              },
              KeyRenewalIT.this,
              _ -> {
                throw new IllegalStateException("nothing is told here");
              },
              _ -> {},
              new SeededRandom(7),
              () -> "n-1",
              Duration.ofMinutes(15)));
    }

    /// Has something new to tell and tells it.
    void exchange() throws IOException {
      now = now.plus(Duration.ofMinutes(15));
      boot.pass(Duration.ofMinutes(15));
      station.outbox.add(this::report);
      station.begin();
    }

    private byte[] report(long sequence, @Nullable String previous) {
      return ReportJson.write(
          new Report(
              new ReportId("report-" + sequence),
              device,
              sequence,
              previous,
              now,
              "0.1.0",
              null,
              null,
              new Coverage(now, true, List.of()),
              List.of(),
              List.of()));
    }

    void wishes() throws IOException {
      DurableFile.write(state.keyWish(), new byte[0]);
    }

    /// Exchanges until it dies or the offer is through.
    ///
    /// @return whether it died
    boolean dies() throws IOException {
      try {
        if (way != Way.THROUGH) {
          exchange();
          way = Way.THROUGH;
        }
        exchange();
        return false;
      } catch (Crash e) {
        return true;
      }
    }

    void startsAgain(int luck) throws IOException {
      disk.revive();
      disk.cutPower(new Random(luck));
      way = Way.THROUGH;
      station = start();
      exchange();
      exchange();
    }

    void hasNewKeyAndIsHeard(String when) throws IOException {
      var key = DeviceKeys.load(state, enrolment).current().publicKey();
      assertNotEquals(enrolment.publicKey(), key, when);
      assertEquals(key, column("public_key"), when);
      assertEquals(Long.toString(station.outbox.sequence()), column("sequence"), when);
      assertEquals(List.of(), station.outbox.waiting(), when);
      assertEquals("none", column("coalesce(cloned_at, forked_at)"), when);
    }

    String column(String column) {
      return server
          .database()
          .read(handle ->
              handle
                  .createQuery("select " + column + " as v from device where device_id = :id")
                  .bind("id", enrolment.device().value())
                  .map((row, _) -> row.getString("v") == null ? "none" : row.getString("v"))
                  .one());
    }

    @Override
    public SyncResult carry(SyncJob job, List<byte[]> bodies) {
      disk.step();
      var stage = new Stage(state.trust(), state.stage());
      try {
        var in = new ByteArrayOutputStream();
        SyncPipe.ask(job, bodies, stage, in);
        var out = new ByteArrayOutputStream();
        SyncWorker.run(new ByteArrayInputStream(in.toByteArray()), out, _ -> new Wire(this));
        disk.step();
        return SyncPipe.result(new ByteArrayInputStream(out.toByteArray()), stage);
      } catch (IOException e) {
        return SyncResult.unreached("the sync worker failed: " + e.getMessage());
      }
    }
  }

  /// A machine's line to the server.
  private final class Wire implements Line {
    private final Machine from;

    Wire(Machine from) {
      this.from = from;
    }

    @Override
    public Answer get(String path, int limit) {
      return send("GET", path, Map.of(), new byte[0], limit);
    }

    @Override
    public Answer post(String path, Map<String, String> headers, byte[] body, int limit)
        throws IOException {
      var way = path.equals(Routes.KEY) ? from.way : Way.THROUGH;
      if (way == Way.REQUEST_LOST) {
        throw new IOException("the request is lost");
      }
      from.disk.step();
      var answer = send("POST", path, headers, body, limit);
      from.disk.step();
      if (way == Way.ANSWER_LOST) {
        throw new IOException("the answer is lost");
      }
      return answer;
    }

    private Answer send(
        String method, String path, Map<String, String> headers, byte[] body, int limit) {
      var answer = server.answer(method, path, headers, body);
      var bytes = answer.body();
      return new Answer(
          answer.status(),
          bytes.length > limit + 1 ? Arrays.copyOf(bytes, limit + 1) : bytes,
          null);
    }

    @Override
    public void close() {}
  }

  @Test
  void whatever_is_interrupted_where_the_device_ends_with_one_key_that_the_server_has()
      throws Exception {
    for (var way : Way.values()) {
      var died = true;
      var point = 1 + 2 * way.ordinal() - STEP;
      while (died) {
        point += STEP;
        var machine = new Machine();
        machine.wishes();
        machine.way = way;
        machine.disk.killAfter(point);
        died = machine.dies();
        if (died) {
          machine.startsAgain(point);
        }
        machine.hasNewKeyAndIsHeard(way + ", killed at change " + point);
      }
      assertTrue(point > 20, "too few points");
    }
  }

  @Test
  void a_server_restored_from_before_the_new_key_gets_it_again() throws Exception {
    var machine = new Machine();
    machine.wishes();
    assertFalse(machine.dies());
    server
        .database()
        .write(connection -> {
          try (var statement = connection.createStatement()) {
            statement.executeUpdate("delete from device_key");
            statement.executeUpdate(
                "update device set public_key = '" + machine.enrolment.publicKey() + "'");
          }
          return null;
        });
    machine.exchange();
    machine.exchange();
    machine.hasNewKeyAndIsHeard("restored");
  }

  @Override
  public List<Act> enforce(Finding finding, Enforcement enforcement) {
    throw new IllegalStateException("nothing is removed here");
  }

  @Override
  public Set<FileId> lingering(RuleId rule) {
    return Set.of();
  }

  @Override
  public List<Act> stop(Set<FileId> programs) {
    return List.of();
  }
}
