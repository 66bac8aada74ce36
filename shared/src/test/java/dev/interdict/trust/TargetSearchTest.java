package dev.interdict.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.trust.metadata.Delegation;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which roles a search visits, in which order, and what each must prove.
class TargetSearchTest {
  private static final Instant NOW = Instant.parse("2026-07-03T09:00:00Z");

  @TempDir private Path folder;
  private final RepositorySimulator repository = new RepositorySimulator(NOW, 6);

  /// Writes delegations as `from>to pattern`, with `!` after `to` where it terminates.
  private void graph(String... edges) {
    var parsed = new ArrayList<String[]>();
    var roles = new ArrayList<RoleName>();
    for (var edge : edges) {
      var parts = edge.split("[> ]", -1);
      parsed.add(parts);
      var to = new RoleName(parts[1].replace("!", ""));
      if (!roles.contains(to)) {
        roles.add(to);
        repository.keys(to, 1, repository.newSigner());
      }
    }
    for (var parts : parsed) {
      repository.delegate(
          new RoleName(parts[0]),
          new RoleName(parts[1].replace("!", "")),
          parts[1].endsWith("!"),
          parts[2]);
    }
    repository.sign(RoleName.TARGETS);
    roles.forEach(repository::sign);
    repository.publish();
  }

  /// The roles asked for by the search, in order.
  private List<String> visited(String path) {
    repository.asked();
    var result = new SimulatedDevice(repository, folder).target(path, NOW);
    assertInstanceOf(TargetResult.Absent.class, result, result.toString());
    return repository.asked().stream()
        .filter(name -> name.matches("1\\.[A-Z]\\.json"))
        .map(name -> name.substring(2, 3))
        .toList();
  }

  @Test
  void depth_first_in_listed_order() {
    graph("targets>A *", "targets>B *", "A>C *", "A>D *", "B>E *");
    assertEquals(List.of("A", "C", "D", "B", "E"), visited("x"));
  }

  @Test
  void only_where_the_path_matches_at_every_link() {
    graph("targets>A a/*", "targets>B b/*", "A>C b/*", "B>D *", "B>E b/?");
    assertEquals(List.of("B", "E"), visited("b/x"));
  }

  @Test
  void a_terminating_delegation_ends_the_search_everywhere() {
    graph("targets>A *", "targets>B *", "A>C! *", "A>D *", "C>E *");
    assertEquals(List.of("A", "C", "E"), visited("x"));
  }

  @Test
  void a_terminating_delegation_that_does_not_match_ends_nothing() {
    graph("targets>A! a", "targets>B *");
    assertEquals(List.of("B"), visited("x"));
  }

  @Test
  void cycles_and_diamonds_are_visited_once() {
    graph("targets>A *", "targets>B *", "A>C *", "B>C *", "C>A *", "C>B *");
    assertEquals(List.of("A", "C", "B"), visited("x"));
  }

  @Test
  void the_first_role_that_lists_the_target_wins() {
    graph("targets>A *", "targets>B *");
    repository.put(new RoleName("A"), "x", text("from A"));
    repository.put(new RoleName("B"), "x", text("from B"));
    repository.publish();
    assertEquals("from A", new SimulatedDevice(repository, folder).content("x", NOW));
  }

  @Test
  void a_role_that_does_not_verify_ends_the_search_rather_than_being_passed_over() {
    graph("targets>A *", "targets>B *");
    repository.put(new RoleName("B"), "x", text("from B"));
    repository.signedBy(new RoleName("A"), repository.signers(new RoleName("B")));
    repository.publish();
    new SimulatedDevice(repository, folder).refusesTarget(Family.SIGNATURE, "x", NOW);
  }

  @Test
  void a_kept_role_is_verified_against_the_delegator_it_is_reached_through() {
    graph("targets>A a/*", "targets>B b/*", "A>C *");
    var c = new RoleName("C");
    // B delegates to the same role name under another key.
    var keys = new RoleKeys(List.of(repository.newSigner().key()), 1);
    repository.delegation(
        new RoleName("B"), new Delegation(c, keys, new Delegation.Patterns(List.of("*/*")), false));
    repository.noDelegations(new RoleName("A"));
    repository.delegate(new RoleName("A"), c, false, "*/*");
    repository.sign(new RoleName("A"));
    repository.sign(new RoleName("B"));
    repository.put(c, "a/x", text("by C"));
    repository.put(c, "b/x", text("by C"));
    repository.publish();
    var device = new SimulatedDevice(repository, folder);
    assertEquals("by C", device.content("a/x", NOW));
    device.refusesTarget(Family.SIGNATURE, "b/x", NOW);
  }

  @Test
  void a_role_the_snapshot_does_not_list_ends_the_search() {
    graph("targets>A *");
    repository.keys(new RoleName("Z"), 1, repository.newSigner());
    repository.delegate(new RoleName("A"), new RoleName("Z"), false, "*");
    repository.sign(new RoleName("A"));
    repository.publish();
    new SimulatedDevice(repository, folder).refusesTarget(Family.MISMATCH, "x", NOW);
  }

  @Test
  void more_roles_than_anyone_needs() {
    var edges = new ArrayList<String>();
    var from = "targets";
    for (var i = 0; i < Limits.STANDARD.roles() + 1; i++) {
      edges.add(from + ">r" + i + " *");
      from = "r" + i;
    }
    graph(edges.toArray(String[]::new));
    new SimulatedDevice(repository, folder).refusesTarget(Family.LIMIT, "x", NOW);
  }

  @Test
  void hash_prefixes_choose_a_bin() {
    var bin = new RoleName("bin");
    repository.keys(bin, 1, repository.newSigner());
    var keys = new RoleKeys(List.of(repository.signers(bin).getFirst().key()), 1);
    // SHA-256 of "x" begins with 2d711642.
    repository.delegation(
        RoleName.TARGETS,
        new Delegation(bin, keys, new Delegation.HashPrefixes(List.of("00", "2d7")), false));
    repository.sign(RoleName.TARGETS);
    repository.put(bin, "x", text("binned"));
    repository.put(bin, "y", text("not mine"));
    repository.publish();
    var device = new SimulatedDevice(repository, folder);
    assertEquals("binned", device.content("x", NOW));
    assertInstanceOf(TargetResult.Absent.class, device.target("y", NOW));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
