package dev.interdict.simulation;

import dev.interdict.agent.guard.LifePlan;
import dev.interdict.agent.state.Enrolment;
import dev.interdict.json.JsonException;
import dev.interdict.report.DeviceId;
import dev.interdict.report.Groups;
import dev.interdict.simulation.disk.SimulatedDisk;
import dev.interdict.trust.SeededRandom;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.wire.DeviceKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.NamedParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// A few workstations and their server, from before a ban until some calm days after it, out of one
/// seed.
final class Life implements AutoCloseable {
  private static final Duration LOOK = Duration.ofHours(5);
  private static final Duration SIGN = Duration.ofHours(6);
  private static final Duration CALM = Duration.ofDays(2);

  final Story story = new Story();
  private final Agenda agenda;
  private final Random random;
  private final Instant troubled;
  private final Headquarters server;
  private final Network network;
  private final Witness witness;
  private final List<Workstation> stations = new ArrayList<>();
  private final Broken broken;

  /// @param folder an empty one of the real disk, for the server
  Life(long seed, Path folder) throws IOException, RepositoryException, GeneralSecurityException {
    this(seed, folder, Broken.NOTHING);
  }

  Life(long seed, Path folder, Broken broken)
      throws IOException, RepositoryException, GeneralSecurityException {
    this.broken = broken;
    random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    var day = LifePlan.day(random);
    var first = new LifePlan(random, day);
    agenda =
        new Agenda(
            day.atTime(random.nextInt(24), random.nextInt(60)).atZone(first.zone).toInstant());
    troubled = agenda.instant().plus(Duration.ofDays(4 + random.nextInt(3)));
    witness = new Witness(agenda, story);
    server =
        new Headquarters(
            folder, agenda, new SeededRandom(random.nextLong()), story, witness, broken);
    network =
        new Network(
            server, agenda, random, story, witness, List.of(0, 5, 20, 60).get(dice(4)), broken);
    for (var n = 2 + dice(2) + dice(2); n > 0; n--) {
      station(
          "ws-" + (stations.size() + 1), stations.isEmpty() ? first : new LifePlan(random, day));
    }
    new Events(random, agenda, story, server, network, witness, stations, troubled)
        .draw(new Bans(random, day, first.zone));
    sign();
  }

  /// The server signs by its own schedule.
  private void sign() {
    try {
      server.sign();
    } catch (RepositoryException e) {
      throw new IllegalStateException("the server cannot sign", e);
    }
    agenda.in(SIGN, this::sign);
  }

  private int dice(int sides) {
    return random.nextInt(sides);
  }

  private void station(String name, LifePlan people)
      throws IOException, RepositoryException, GeneralSecurityException {
    var enrolment = enrolment();
    server.admit(enrolment, Workstation.device(enrolment, name));
    var station =
        new Workstation(
            name,
            people,
            enrolment,
            agenda,
            network,
            witness,
            story,
            random,
            Duration.ofHours(List.of(4, 6, 12).get(dice(3))),
            new SimulatedDisk(),
            broken);
    station.enrolled(server.initialRoot());
    stations.add(station);
    agenda.in(Duration.ofMinutes(dice(600)), station::begin);
  }

  private Enrolment enrolment() throws GeneralSecurityException {
    var pairs = KeyPairGenerator.getInstance("Ed25519");
    pairs.initialize(NamedParameterSpec.ED25519, new SeededRandom(random.nextLong()));
    var pair = pairs.generateKeyPair();
    var pseudonyms = new byte[32];
    random.nextBytes(pseudonyms);
    return new Enrolment(
        URI.create("https://interdict.example.com/"),
        DeviceId.of(pair.getPublic()),
        DeviceKey.hex(pair.getPublic()),
        pair.getPrivate(),
        pseudonyms,
        Groups.of(List.of()));
  }

  /// Lives it, until something is wrong.
  void live() throws IOException, JsonException {
    until(troubled);
    if (!wrong().isEmpty()) {
      return;
    }
    story.tell(agenda.instant(), "world", "calm from now on");
    network.calm();
    stations().forEach(Workstation::calm);
    until(troubled.plus(CALM));
    if (!wrong().isEmpty()) {
      return;
    }
    for (var station : stations()) {
      witness.audit(server, station);
      witness.agree(server, station);
    }
  }

  private List<Workstation> stations() {
    return stations.stream().filter(station -> !station.isGone()).toList();
  }

  private void until(Instant end) throws IOException {
    var look = agenda.instant();
    while (witness.wrong().isEmpty()) {
      var next = agenda.next(end);
      if (next == null) {
        return;
      }
      next.run();
      if (!agenda.instant().isBefore(look)) {
        server.lookAfter();
        witness.look(server, stations());
        look = agenda.instant().plus(LOOK);
      }
    }
  }

  Set<String> wrong() {
    return witness.wrong();
  }

  @Override
  public void close() {
    server.close();
  }
}
