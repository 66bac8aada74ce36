package dev.interdict.agent.sources.projects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.sources.Workstation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PythonProjectsTest {
  private static final String WORK = Workstation.HOME + "work/";
  private static final String AIDER = "pkg:pypi/aider-chat@0.86.1";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new ProjectSource());
  }

  private Item only(String purl) {
    var texts = Workstation.texts(seen());
    assertEquals(texts.indexOf(purl), texts.lastIndexOf(purl), texts::toString);
    assertTrue(texts.contains(purl), texts::toString);
    return seen().items().get(texts.indexOf(purl));
  }

  private static List<String> below(String folder, Item item, Part.Role role) {
    return Workstation.parts(item, role).stream()
        .map(path -> path.startsWith("/" + folder) ? path.substring(folder.length() + 1) : path)
        .toList();
  }

  @Test
  void hidden_environment_of_a_project_is_looked_at() {
    station.planting.fixture("python/venv.txt", WORK + "app");
    var packages = WORK + "app/.venv/lib/python3.11/site-packages/";
    assertEquals(
        List.of(
            "pkg:pypi/claude-agent-sdk-tools@2.0",
            "pkg:pypi/acme-one@1.0",
            "pkg:pypi/acme-two@1.0",
            AIDER,
            "pkg:pypi/anthropic@0.75.0",
            "pkg:pypi/claude-agent-sdk@0.1.20",
            "pkg:pypi/claude-code-proxy@1.0.0"),
        Workstation.texts(seen()));
    var item = only(AIDER);
    assertEquals("pip", item.source());
    assertEquals("project", item.origin());
    assertEquals(
        List.of("aider_chat-0.86.1.dist-info", "aider"), below(packages, item, Part.Role.MAIN));
    assertEquals(
        List.of("bin/aider", "bin/aider-helper"),
        below(WORK + "app/.venv/", item, Part.Role.EXECUTABLE));
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void namespace_that_two_distributions_share_is_neithers() {
    station.planting.fixture("python/venv.txt", WORK + "app");
    assertEquals(
        List.of("acme_two-1.0.dist-info", "acme/two", "acme/two_module.py", "tests/test_two.py"),
        below(
            WORK + "app/.venv/lib/python3.11/site-packages/",
            only("pkg:pypi/acme-two@1.0"),
            Part.Role.MAIN));
  }

  @Test
  void programs_of_a_target_folder_lie_in_it_and_not_where_its_list_leads() {
    station.planting.fixture("python/target.txt", WORK + "lambda");
    // The list says ../../bin/aider.
    station.planting.program(WORK + "bin/aider");
    station.planting.program(Workstation.HOME + "bin/aider");
    assertEquals(
        List.of("bin/aider", "bin/aider-helper"),
        below(WORK + "lambda/python/", only(AIDER), Part.Role.EXECUTABLE));
  }

  /// pip leaves a folder that is there as it is, and lists what it would have put into it.
  @Test
  void folder_of_the_project_itself_keeps_what_no_list_names() {
    var folder = WORK + "lambda/";
    station
        .planting
        .file(folder + "tool-1.dist-info/METADATA", "Name: tool\nVersion: 1\n")
        .file(
            folder + "tool-1.dist-info/RECORD",
            "tool/__init__.py,,\ntests/__init__.py,,\ntests/test_tool.py,,\ntool_one.py,,\n")
        .file(folder + "tool/__init__.py", "")
        .file(folder + "tool/__pycache__/__init__.cpython-312.pyc", "")
        .file(folder + "tool_one.py", "")
        .file(folder + "tests/__init__.py", "")
        .file(folder + "tests/test_of_the_project.py", "");
    assertEquals(
        List.of("tool-1.dist-info", "tool", "tests/__init__.py", "tool_one.py"),
        below(folder, only("pkg:pypi/tool@1"), Part.Role.MAIN));
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void prefix_as_debian_lays_it_out_is_looked_at() {
    station.planting.fixture("python/prefix-debian.txt", WORK);
    assertEquals(
        List.of("bin/aider", "bin/aider-helper"),
        below(WORK + "prefix/local/", only(AIDER), Part.Role.EXECUTABLE));
  }

  @Test
  void editable_installation_never_takes_its_developers_folder() {
    station.planting.fixture("python/editable.txt", WORK);
    var item = only("pkg:pypi/mytool@0.3");
    assertEquals("editable, from a folder of its user", item.origin());
    assertEquals(
        List.of(
            "mytool-0.3.dist-info",
            "__editable__.mytool-0.3.pth",
            "__editable___mytool_0_3_finder.py"),
        below(WORK + "venv-e/lib/python3.11/site-packages/", item, Part.Role.MAIN));
    assertTrue(item.parts().stream().noneMatch(part -> part.path().toString().contains("fork")));
  }

  @Test
  void folder_that_setuptools_only_links_to_is_seen_and_not_taken() {
    station.planting.fixture("python/egg-link.txt", WORK);
    var item = only("pkg:pypi/old-tool");
    assertEquals("editable, from a folder of its user", item.origin());
    assertEquals(List.of(), item.parts());
  }

  @Test
  void what_an_old_pip_listed_is_its_distributions_own() {
    station.planting.fixture("python/egg-info.txt", WORK);
    assertEquals(
        List.of("Old.Tool-1.2-py3.6.egg-info", "oldpkg", "oldtool.py"),
        below(
            WORK + "v36/lib/python3.6/site-packages/",
            only("pkg:pypi/old-tool@1.2"),
            Part.Role.MAIN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app/venv/lib/python3.11/site-packages",
        "app/.env/lib/python3.11/site-packages",
        "app/.tox/py311/lib/python3.11/site-packages",
        "app/.nox/tests/lib/python3.11/site-packages",
        "app/.direnv/python-3.11/lib/python3.11/site-packages",
        "app/.pixi/envs/default/lib/python3.11/site-packages",
        "app/__pypackages__/3.11/lib/python3.11/site-packages",
        "python/Lib/site-packages",
        "vendor",
      })
  void every_place_in_a_project_is_looked_at(String packages) {
    station.planting.file(WORK + packages + "/a-1.dist-info/METADATA", "Name: a\nVersion: 1\n");
    only("pkg:pypi/a@1");
  }

  @Test
  void environments_of_conda_are_looked_at_and_not_walked() {
    var conda = Workstation.HOME + "miniconda3/";
    station.planting.file(conda + "conda-meta/python-3.12.1-hab00c5b_1_cpython.json", "{}");
    station.planting.file(conda + "envs/x/conda-meta/ripgrep-14.1.0-he8a937b_0.json", "{}");
    station.planting.file(
        conda + "envs/x/lib/python3.12/site-packages/a-1.dist-info/METADATA",
        "Name: a\nVersion: 1\n");
    station.planting.file(
        conda + "pkgs/b-1-0/site-packages/b-1.dist-info/METADATA", "Name: b\nVersion: 1\n");
    assertEquals(
        List.of("pkg:conda/python@3.12.1", "pkg:conda/ripgrep@14.1.0", "pkg:pypi/a@1"),
        Workstation.texts(seen()));
  }

  @Test
  void metadata_that_a_developer_builds_is_no_installation() {
    station.planting.file(WORK + "app/app.egg-info/PKG-INFO", "Name: app\nVersion: 1\n");
    assertEquals(List.of(), seen().items());
  }
}
