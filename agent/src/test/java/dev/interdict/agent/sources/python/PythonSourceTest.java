package dev.interdict.agent.sources.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.Workstation;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PythonSourceTest {
  private static final String SITE = ".local/lib/python3.11/site-packages/";
  private static final String AIDER = "pkg:pypi/aider-chat@0.86.1";
  private static final String SDK = "pkg:pypi/claude-agent-sdk@0.1.20";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new PythonSource());
  }

  private Item only(String purl) {
    var items = seen().items().stream().filter(item -> text(item).equals(purl)).toList();
    assertEquals(1, items.size(), () -> purl + " in " + Workstation.texts(seen()));
    return items.getFirst();
  }

  private static String text(Item item) {
    var out = new Sightings("pip");
    out.item(item);
    return Workstation.texts(out).getFirst();
  }

  private static List<String> below(String folder, Item item, Part.Role role) {
    return Workstation.parts(item, role).stream()
        .map(path -> path.startsWith(folder) ? path.substring(folder.length()) : path)
        .toList();
  }

  /// Plants a distribution of one module, `name.py`, in a folder of packages.
  private void distribution(String packages, String name, String version) {
    var record = packages + "/" + name + "-" + version + ".dist-info/";
    station.planting.file(
        record + "METADATA", "Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version);
    station.planting.file(record + "RECORD", name + ".py,,\n");
    station.planting.file(packages + "/" + name + ".py", "");
  }

  @Test
  void program_of_the_user_site_has_its_record_its_modules_and_its_commands() {
    station.planting.fixture("python/user-site.txt", Workstation.HOME);
    var item = only(AIDER);
    var packages = "/home/ada/" + SITE;
    assertEquals(packages + "aider_chat-0.86.1.dist-info", item.location().toString());
    assertEquals("0.86.1", item.version());
    assertEquals("ada", Objects.requireNonNull(item.owner()).user());
    assertNull(item.origin());
    assertEquals(
        List.of("aider_chat-0.86.1.dist-info", "aider"), below(packages, item, Part.Role.MAIN));
    assertEquals(
        List.of("/home/ada/.local/bin/aider", "/home/ada/.local/bin/aider-helper"),
        Workstation.parts(item, Part.Role.EXECUTABLE));
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void agent_inside_a_library_is_one_of_its_programs() {
    station.planting.fixture("python/user-site.txt", Workstation.HOME);
    assertEquals(
        List.of("claude_agent_sdk/_bundled/claude"),
        below("/home/ada/" + SITE, only(SDK), Part.Role.EXECUTABLE));
  }

  @Test
  void lookalikes_are_what_they_say_and_nothing_else() {
    station.planting.fixture("python/pipx-1.1.0.txt", Workstation.HOME);
    assertEquals(
        List.of(AIDER, "pkg:pypi/anthropic@0.75.0", "pkg:pypi/claude-code-proxy@1.0.0"),
        Workstation.texts(seen()));
  }

  @Test
  void environment_that_pipx_made_for_one_application_goes_with_it() {
    station.planting.fixture("python/pipx-1.1.0.txt", Workstation.HOME);
    var item = only(AIDER);
    assertEquals("pipx", item.origin());
    assertTrue(
        Workstation.parts(item, Part.Role.MAIN).contains("/home/ada/.local/pipx/venvs/aider-chat"));
    assertEquals(
        List.of("/home/ada/.local/bin/aider", "/home/ada/.local/bin/aider-helper"),
        Workstation.parts(item, Part.Role.LAUNCHER));
  }

  @Test
  void environment_with_something_injected_is_nobodys_alone() {
    station.planting.fixture("python/pipx-1.1.0.txt", Workstation.HOME);
    var venv = "/home/ada/.local/pipx/venvs/claude-code-proxy/";
    var item = only("pkg:pypi/claude-code-proxy@1.0.0");
    assertEquals(
        List.of("claude_code_proxy-1.0.0.dist-info", "claude_code_proxy"),
        below(venv + "lib/python3.11/site-packages/", item, Part.Role.MAIN));
    assertEquals(List.of("bin/claude"), below(venv, item, Part.Role.EXECUTABLE));
    assertEquals(
        List.of("/home/ada/.local/bin/claude"), Workstation.parts(item, Part.Role.LAUNCHER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[tool]\nrequirements = [{ name = \"aider-chat\" }]\n",
        "[tool]\r\nrequirements = [\r\n    { name = \"Aider_Chat\", extras = [\"x\", \"y\"],"
            + " specifier = \">=0.5\" },\r\n]\r\nentrypoints = []\r\n",
        "version = 1\n\n"
            + "[manifest]\n"
            + "requirements = [{ name = \"aider-chat\" }]\n\n"
            + "[[package]]\n"
            + "name = \"a\"\n"
            + "wheels = [\n"
            + "    { url = \"https://x/a.whl\" },\n"
            + "]\n\n"
            + "[tool]\n"
            + "requirements = [{ name = \"aider-chat\" }]\n",
      })
  void environment_that_uv_made_for_one_tool_goes_with_it(String receipt) {
    var venv = Workstation.HOME + ".local/share/uv/tools/aider-chat";
    station.planting.file(venv + "/uv-receipt.toml", receipt);
    distribution(venv + "/lib/python3.12/site-packages", "aider_chat", "0.86.1");
    var item = only(AIDER);
    assertEquals("uv tool", item.origin());
    assertTrue(Workstation.parts(item, Part.Role.MAIN).contains("/" + venv));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[tool",
        "[tool]\nrequirements = [{ name = \"aider-chat\" }, { name = \"anthropic\" }]\n",
        "[tool]\nrequirements = [{ name = \"aider-chat\"\n",
        "[tool]\nrequirements = [{ name = \"anthropic\" }]\n",
        "[tool]\nrequirements = \"aider-chat\"\n",
        "[tool]\nrequirements = [{ name = \"aider\\u002dchat\" }]\n",
        "[other]\nrequirements = [{ name = \"aider-chat\" }]\n",
        "[tool]\nrequirements-of = [{ name = \"aider-chat\" }]\n",
      })
  void receipt_that_says_less_leaves_the_environment(String receipt) {
    var venv = Workstation.HOME + ".local/share/uv/tools/aider-chat";
    station.planting.file(venv + "/uv-receipt.toml", receipt);
    distribution(venv + "/lib/python3.12/site-packages", "aider_chat", "0.86.1");
    var packages = "/" + venv + "/lib/python3.12/site-packages/";
    assertEquals(
        List.of("aider_chat-0.86.1.dist-info", "aider_chat.py"),
        below(packages, only(AIDER), Part.Role.MAIN));
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void link_of_a_user_into_an_environment_starts_it_too() {
    station.planting.fixture("python/venv.txt", Workstation.HOME + ".virtualenvs/x");
    var bin = "/home/ada/.virtualenvs/x/.venv";
    station.planting.link(Workstation.HOME + ".venv", bin);
    station.planting.link(Workstation.HOME + "bin/aider", bin + "/bin/aider");
    assertEquals(
        List.of("/home/ada/bin/aider"), Workstation.parts(only(AIDER), Part.Role.LAUNCHER));
  }

  @Test
  void command_that_its_user_has_replaced_is_left_alone() {
    station.planting.fixture("python/user-site.txt", Workstation.HOME);
    station.planting.file(Workstation.HOME + ".local/bin/aider", "#!/bin/sh\nexec mine\n");
    assertEquals(
        List.of("/home/ada/.local/bin/aider-helper"),
        Workstation.parts(only(AIDER), Part.Role.EXECUTABLE));
  }

  @Test
  void what_two_distributions_list_belongs_to_neither() {
    var packages = Workstation.HOME + SITE;
    distribution(packages, "acme_one", "1");
    distribution(packages, "acme_two", "1");
    for (var name : List.of("one", "two")) {
      station.planting.file(
          packages + "acme_" + name + "-1.dist-info/RECORD",
          "acme/NAME/a.py,,\nacme/NAME.py,,\ntests/a.py,,\ntests/NAME.py,,\n"
              .replace("NAME", name));
      station.planting.file(packages + "acme/" + name + "/a.py", "");
      station.planting.file(packages + "acme/" + name + ".py", "");
      station.planting.file(packages + "tests/" + name + ".py", "");
    }
    station.planting.file(packages + "tests/a.py", "");
    assertEquals(
        List.of("acme_one-1.dist-info", "acme/one", "acme/one.py", "tests/one.py"),
        below("/home/ada/" + SITE, only("pkg:pypi/acme-one@1"), Part.Role.MAIN));
  }

  @Test
  void folder_that_an_unreadable_distribution_lists_too_is_left_alone() {
    var packages = Workstation.HOME + SITE;
    distribution(packages, "acme_one", "1");
    station.planting.file(packages + "acme_one-1.dist-info/RECORD", "acme/one.py,,\nmine/a.py,,\n");
    station.planting.file(packages + "acme/one.py", "").file(packages + "mine/a.py", "");
    station.planting.file(packages + "acme_two-1.dist-info/METADATA", "broken");
    station.planting.file(packages + "acme_two-1.dist-info/RECORD", "acme/two.py,,\n");
    var seen = seen();
    assertEquals(1, seen.items().size());
    assertEquals(
        List.of("acme_one-1.dist-info", "acme/one.py", "mine"),
        below("/home/ada/" + SITE, seen.items().getFirst(), Part.Role.MAIN));
    assertEquals(List.of(Reason.MALFORMED), seen.gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void folder_that_a_distribution_without_a_list_may_use_is_left_alone() {
    var packages = Workstation.HOME + SITE;
    distribution(packages, "acme_one", "1");
    station.planting.file(packages + "acme_one-1.dist-info/RECORD", "google/one.py,,\n");
    station.planting.file(packages + "google/one.py", "");
    station.planting.file(packages + "two-1.egg-info/PKG-INFO", "Name: two\nVersion: 1\n");
    station.planting.file(packages + "two-1.egg-info/top_level.txt", "google\n");
    assertEquals(
        List.of("acme_one-1.dist-info", "google/one.py"),
        below("/home/ada/" + SITE, only("pkg:pypi/acme-one@1"), Part.Role.MAIN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../../Documents/thesis.txt,,",
        "/home/ada/Documents/thesis.txt,,",
        "../../../bin/../Documents/thesis.txt,,",
        "../other.py,,",
        "x/../../other.py,,",
        ".,,",
        "..,,",
        "\"../../../../Documents/thesis.txt\",,",
        "..\\..\\..\\..\\Documents\\thesis.txt,,",
      })
  void list_that_leads_elsewhere_takes_nothing_there(String line) {
    var packages = Workstation.HOME + SITE;
    distribution(packages, "acme_one", "1");
    station.planting.file(packages + "acme_one-1.dist-info/RECORD", line + "\n");
    station.planting.file(Workstation.HOME + "Documents/thesis.txt", "");
    station.planting.file(Workstation.HOME + ".local/lib/python3.11/other.py", "");
    assertEquals(
        List.of("acme_one-1.dist-info"),
        below("/home/ada/" + SITE, only("pkg:pypi/acme-one@1"), Part.Role.MAIN));
  }

  @Test
  void link_in_place_of_a_module_is_not_taken() {
    var packages = Workstation.HOME + SITE;
    distribution(packages, "acme_one", "1");
    station.planting.file(packages + "acme_one-1.dist-info/RECORD", "acme/a.py,,\n");
    station.planting.file(Workstation.HOME + "work/acme/a.py", "");
    station.planting.link(packages + "acme", "/home/ada/work/acme");
    assertEquals(1, Workstation.parts(only("pkg:pypi/acme-one@1"), Part.Role.MAIN).size());
  }

  @Test
  void distribution_without_a_list_is_seen_and_nothing_of_it_is_taken() {
    var packages = Workstation.HOME + SITE;
    station.planting.file(packages + "Old.Tool-1.egg-info", "Name: Old.Tool\nVersion: 1\n");
    station.planting.file(packages + "six-2.dist-info/METADATA", "Name: six\nVersion: 2\n");
    station.planting.file(packages + "six.py", "");
    assertEquals(List.of(), only("pkg:pypi/old-tool@1").parts());
    assertEquals(List.of(), only("pkg:pypi/six@2").parts());
  }

  @Test
  void egg_is_one_folder_or_one_file() {
    var packages = Workstation.HOME + SITE;
    station.planting.file(packages + "a-1-py3.6.egg/EGG-INFO/PKG-INFO", "Name: a\nVersion: 1.0\n");
    station.planting.file(packages + "old_tool-1.2-py3.6.egg", "PK");
    assertEquals(
        List.of("a-1-py3.6.egg"),
        below("/home/ada/" + SITE, only("pkg:pypi/a@1.0"), Part.Role.MAIN));
    assertEquals(
        List.of("old_tool-1.2-py3.6.egg"),
        below("/home/ada/" + SITE, only("pkg:pypi/old-tool@1.2"), Part.Role.MAIN));
  }

  @Test
  void what_pip_left_behind_is_told_by_its_changed_names() {
    station.planting.fixture("python/user-site.txt", Workstation.HOME);
    var packages = Workstation.HOME + SITE;
    station.planting.file(
        packages + "~ider_chat-0.86.0.dist-info/METADATA", "Name: aider-chat\nVersion: 0.86.0\n");
    station.planting.file(
        packages + "~ider_chat-0.86.0.dist-info/RECORD", "aider/main.py,,\n../../../bin/aider,,\n");
    station.planting.file(packages + "~ider/main.py", "");
    var item = only("pkg:pypi/aider-chat@0.86.0");
    assertEquals("left behind by pip", item.origin());
    assertEquals(
        List.of("~ider_chat-0.86.0.dist-info", "~ider"),
        below("/home/ada/" + SITE, item, Part.Role.MAIN));
    assertEquals(2, Workstation.parts(only(AIDER), Part.Role.MAIN).size());
  }

  @Test
  void packages_of_the_systems_package_manager_have_no_parts() {
    distribution("usr/lib/python3/dist-packages", "attrs", "22.2.0");
    distribution("usr/lib/python3.11/site-packages", "six", "1.16");
    distribution("usr/local/lib/python3.11/dist-packages", "rich", "13");
    assertEquals(List.of(), only("pkg:pypi/attrs@22.2.0").parts());
    assertEquals(List.of(), only("pkg:pypi/six@1.16").parts());
    assertEquals(2, only("pkg:pypi/rich@13").parts().size());
  }

  @Test
  void what_pip_put_among_the_systems_packages_is_its_own() {
    distribution("usr/lib/python3.11/site-packages", "six", "1.16");
    station.planting.file("usr/lib/python3.11/site-packages/six-1.16.dist-info/INSTALLER", "pip\n");
    distribution("usr/lib/python3/dist-packages", "attrs", "22.2.0");
    station.planting.file(
        "usr/lib/python3/dist-packages/attrs-22.2.0.dist-info/INSTALLER", "pip\n");
    assertEquals(2, only("pkg:pypi/six@1.16").parts().size());
    assertEquals(List.of(), only("pkg:pypi/attrs@22.2.0").parts());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".pyenv/versions/3.11.7/lib/python3.11/site-packages",
        ".pyenv/versions/3.11.7/envs/x/lib/python3.11/site-packages",
        ".virtualenvs/x/lib/python3.11/site-packages",
        ".local/lib/pypy3.9/site-packages",
        "Library/Python/3.9/lib/python/site-packages",
        "AppData/Roaming/Python/Python311/site-packages",
        "AppData/Local/Programs/Python/Python311/Lib/site-packages",
        ".local/share/uv/python/cpython-3.12.1-linux-x86_64-gnu/lib/python3.12/site-packages",
        ".cache/uv/archive-v0/Hx3k/lib/python3.12/site-packages",
        ".cache/uv/archive-v0/Hx3k",
        ".local/share/pipx/venvs/x/lib/python3.12/site-packages",
        ".cache/pypoetry/virtualenvs/x-py3.11/lib/python3.11/site-packages",
        ".local/share/virtualenvs/x-Ab12/lib/python3.11/site-packages",
        ".local/share/hatch/env/virtual/x/Ab12/x/lib/python3.11/site-packages",
        ".local/share/pdm/venvs/x/lib/python3.11/site-packages",
        ".conda/envs/x/lib/python3.11/site-packages",
      })
  void every_place_of_a_home_is_looked_at(String packages) {
    distribution(Workstation.HOME + packages, "anthropic", "0.75.0");
    assertEquals(2, only("pkg:pypi/anthropic@0.75.0").parts().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usr/local/lib/python3.11/site-packages",
        "opt/conda/lib/python3.11/site-packages",
        "opt/app/venv/lib64/python3.11/site-packages",
        "opt/pipx/venvs/x/lib/python3.11/site-packages",
        "opt/homebrew/lib/python3.12/site-packages",
        "Library/Python/3.9/site-packages",
        "Program Files/Python311/Lib/site-packages",
      })
  void every_place_of_the_machine_is_looked_at(String packages) {
    distribution(packages, "anthropic", "0.75.0");
    assertNull(only("pkg:pypi/anthropic@0.75.0").owner());
  }

  @Test
  void folder_with_two_names_is_one() {
    distribution(Workstation.HOME + ".virtualenvs/x/lib/python3.11/site-packages", "a", "1");
    station.planting.link(Workstation.HOME + ".virtualenvs/x/lib64", "lib");
    station.planting.link(Workstation.HOME + ".virtualenvs/y", "x");
    only("pkg:pypi/a@1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "broken",
        "Name: \n",
        "Name: ../x\n",
        "Name: -x\n",
        "Name: a b\n",
        "Name: \u202ex\n",
        "Version: 1\n\nName: late\n",
      })
  void metadata_without_a_valid_name_is_a_gap(String metadata) {
    station.planting.file(Workstation.HOME + SITE + "x-1.dist-info/METADATA", metadata);
    var seen = seen();
    assertEquals(List.of(), seen.items());
    assertEquals(List.of(Reason.MALFORMED), seen.gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void distribution_without_metadata_is_a_gap_and_an_empty_one_is_nothing() {
    station.planting.folder(Workstation.HOME + SITE + "x-1.dist-info");
    assertEquals(List.of(), seen().gaps());
    station.planting.file(Workstation.HOME + SITE + "x-1.dist-info/RECORD", "x.py,,\n");
    assertEquals(1, seen().gaps().size());
  }

  @Test
  void list_beyond_every_size_is_a_gap_and_its_distribution_is_seen() {
    distribution(Workstation.HOME + SITE, "a", "1");
    station.planting.file(Workstation.HOME + SITE + "a-1.dist-info/RECORD", new byte[17 << 20]);
    assertEquals(List.of(), only("pkg:pypi/a@1").parts());
    assertEquals(List.of(Reason.TOO_LARGE), seen().gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void version_that_cannot_be_shown_is_none() {
    station.planting.file(
        Workstation.HOME + SITE + "x-1.dist-info/METADATA", "Name: x\nVersion: 1\u001b[2J\n");
    assertNull(only("pkg:pypi/x").version());
  }

  @Test
  void packages_of_conda_are_named_by_their_records() {
    var environment = Workstation.HOME + ".conda/envs/x/";
    station.planting.file(
        environment + "conda-meta/anthropic-0.75.0-pyhd8ed1ab_0.json",
        """
        {
          "build": "pyhd8ed1ab_0",
          "build_number": 0,
          "channel": "https://conda.anaconda.org/conda-forge/noarch",
          "name": "anthropic",
          "version": "0.75.0"
        }
        """);
    station.planting.file(
        environment + "conda-meta/_libgcc_mutex-0.1-main.json", "{\"build\": \"main\"}");
    station.planting.file(environment + "conda-meta/history", "");
    distribution(environment + "lib/python3.12/site-packages", "anthropic", "0.75.0");
    var item = only("pkg:conda/anthropic@0.75.0?channel=conda-forge");
    assertEquals("conda", item.source());
    assertEquals(List.of(), item.parts());
    only("pkg:conda/_libgcc_mutex@0.1");
    assertEquals("conda environment", only("pkg:pypi/anthropic@0.75.0").origin());
  }

  @Test
  void environments_that_conda_lists_are_looked_at() {
    distribution(Workstation.HOME + "deep/er/env/lib/python3.12/site-packages", "a", "1");
    station.planting.file(
        Workstation.HOME + ".conda/environments.txt",
        "/home/ada/gone\n/opt/conda/envs/x\n\n/home/ada/deep/er/env\n");
    only("pkg:pypi/a@1");
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void environment_that_lies_outside_of_what_is_read_is_a_gap() {
    station.planting.file(Workstation.HOME + ".conda/environments.txt", "/data/envs/x\n");
    assertEquals(List.of(Reason.MALFORMED), seen().gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void environment_that_is_a_link_out_of_the_home_is_a_gap() {
    distribution("data/x/lib/python3.12/site-packages", "a", "1");
    station.planting.link(Workstation.HOME + ".virtualenvs/x", "/data/x");
    assertEquals(List.of(Reason.LINK_IN_PATH), seen().gaps().stream().map(Gap::reason).toList());
  }
}
