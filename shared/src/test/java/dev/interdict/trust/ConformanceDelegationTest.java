package dev.interdict.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.SuccinctRoles;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which delegated roles are asked for, in which order and under which names.
class ConformanceDelegationTest extends ConformanceScene {

  /// Delegations as `FROM>TO=PATTERN|PATTERN`, `*` where no pattern is written, `!` after the role
  /// where it terminates.
  private void delegate(String graph) {
    repository.noDelegations(RoleName.TARGETS);
    var edges = graph.split(" ", -1);
    for (var edge : edges) {
      repository.keys(to(edge), 1, repository.newSigner());
    }
    for (var edge : edges) {
      var patterns = edge.contains("=") ? edge.replaceAll(".*=", "").split("\\|", -1) : all();
      var from = new RoleName(edge.substring(0, edge.indexOf('>')));
      repository.delegate(from, to(edge), edge.contains("!"), patterns);
    }
    repository.sign(RoleName.TARGETS);
    Stream.of(edges).map(ConformanceDelegationTest::to).distinct().forEach(repository::sign);
    repository.publish();
  }

  private static String[] all() {
    return new String[] {"*"};
  }

  private static RoleName to(String edge) {
    return new RoleName(edge.replaceAll(".*>|!|=.*", ""));
  }

  private static String name(String path) {
    return path.substring(2).replace(".json", "");
  }

  @ParameterizedTest
  @CsvSource({
    "targets>A, A",
    "targets>A targets>B, AB",
    "targets>A targets>B B>C, ABC",
    "targets>A targets>B A>C A>D, ACDB",
    "targets>A targets>B A>C C>D, ACDB",
    "targets>A targets>B A>C! A>D, AC",
    "targets>A targets>B A>C! C>D, ACD",
    "targets>A=*.py targets>B A>C, B",
    "targets>A targets>B A>C=*.py C>D, AB",
    "targets>A targets>B B>C C>D D>B, ABCD",
    "targets>A targets>B B>C A>C, ACB",
    "targets>A targets>B B>C A>C=*.py, ABC"
  })
  void roles_are_searched_in_order(String graph, String visited) {
    delegate(graph);
    init();
    assertEquals(1, download("missing"));
    var names = askedBeyondTop().stream().map(ConformanceDelegationTest::name).toList();
    assertEquals(visited, String.join("", names));
  }

  @ParameterizedTest
  @CsvSource({
    "top, '', yes",
    "README.md, A, yes",
    "releases/x/x_1, BC, yes",
    "releases/y/y_1.zip, BD, yes",
    "releases/z/z_1.zip, B, no"
  })
  void a_path_must_be_delegated_at_every_link(String path, String visited, String found) {
    delegate("targets>A=*.doc|*.md targets>B=releases/*/* B>C=releases/x/* B>D=releases/y/*.zip");
    repository.put(RoleName.TARGETS, "top", bytes("top"));
    repository.put(new RoleName("A"), "README.md", bytes("README.md"));
    repository.put(new RoleName("C"), "releases/x/x_1", bytes("releases/x/x_1"));
    repository.put(new RoleName("D"), "releases/y/y_1.zip", bytes("releases/y/y_1.zip"));
    repository.put(new RoleName("D"), "releases/z/z_1.zip", bytes("releases/z/z_1.zip"));
    repository.publish();
    init();
    assertEquals(found.equals("yes") ? 0 : 1, download(path), this::said);
    assertEquals(found.equals("yes") ? List.of(path) : List.of(), contents());
    var names =
        askedBeyondTop().stream()
            .filter(asked -> asked.endsWith(".json"))
            .map(ConformanceDelegationTest::name)
            .toList();
    assertEquals(visited, String.join("", names));
  }

  @ParameterizedTest
  @CsvSource({
    "?, %3F",
    "#, %23",
    "/delegated, %2Fdelegated",
    "../delegated, ..%2Fdelegated",
    "., .",
    "a b%41é, a%20b%2541%C3%A9"
  })
  void unusual_names_are_encoded_and_stay_in_the_folder(String name, String encoded) {
    repository.noDelegations(RoleName.TARGETS);
    var role = new RoleName(name);
    repository.keys(role, 1, repository.newSigner());
    repository.delegate(RoleName.TARGETS, role, false, "*");
    repository.sign(RoleName.TARGETS);
    repository.sign(role);
    repository.publish();
    init();
    assertEquals(1, download("nothing of that name"));
    assertEquals(List.of("1." + encoded + ".json"), askedBeyondTop());
    assertEquals(5, trusted().split(" ", -1).length, trusted());
  }

  @Test
  void a_kept_role_is_not_fetched_again() {
    delegate("targets>A");
    repository.put(new RoleName("A"), "x", bytes("x"));
    repository.publish();
    init();
    downloads("x");
    repository.asked();
    downloads("x");
    assertEquals(List.of("2.root.json", "timestamp.json"), repository.asked());
  }

  @Test
  void more_roles_than_anyone_needs_end_the_search() {
    var graph = new StringBuilder("targets>r0");
    for (var i = 0; i < Limits.STANDARD.roles(); i++) {
      graph.append(" r").append(i).append(">r").append(i + 1);
    }
    delegate(graph.toString());
    init();
    assertEquals(1, download("missing"));
    assertEquals(Limits.STANDARD.roles(), askedBeyondTop().size());
  }

  /// SHA-256 of "x" begins with 2d71, of "y" with a1fc.
  @ParameterizedTest
  @ValueSource(strings = {"1 bin-0 bin-1", "3 bin-1 bin-5", "4 bin-2 bin-a", "9 bin-05a bin-143"})
  void hash_bins_are_asked_for_one_by_one(String line) {
    var parts = line.split(" ", -1);
    var signer = repository.newSigner();
    var keys = new RoleKeys(List.of(signer.key()), 1);
    repository.bins(RoleName.TARGETS, new SuccinctRoles(keys, Integer.parseInt(parts[0]), "bin"));
    repository.sign(RoleName.TARGETS);
    for (var i = 1; i <= 2; i++) {
      repository.keys(new RoleName(parts[i]), 1, signer);
      repository.put(new RoleName(parts[i]), i == 1 ? "x" : "y", bytes("bin " + i));
    }
    repository.publish();
    init();
    downloads("x", "y");
    assertEquals(List.of("bin 1", "bin 2"), contents());
    var asked = askedBeyondTop();
    assertEquals("1." + parts[1] + ".json", asked.get(0));
    assertEquals("1." + parts[2] + ".json", asked.get(2));
  }
}
