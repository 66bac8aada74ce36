package dev.interdict.agent.sources.python;

import dev.interdict.agent.sources.SourceFuzz;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What pip, pipx, uv and conda write into a home.
class PythonFuzzTest {
  private static final String SITE = "home/ada/.local/lib/python3.11/site-packages/";
  private static final String METADATA = "Metadata-Version: 2.1\nName: Foo.Bar\nVersion: 1.2.3\n";
  private static final String RECORD =
      """
      ../../../bin/foo,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0
      foo/__init__.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0
      "foo/a,b.py",,
      foo/_bundled/foo,,
      foo_bar-1.2.3.dist-info/direct_url.json,,
      """;

  @TempDir Path root;

  private SourceFuzz planted() {
    var fuzz = SourceFuzz.below(root);
    fuzz.station()
        .planting
        .file(SITE + "foo_bar-1.2.3.dist-info/METADATA", METADATA)
        .file(SITE + "foo_bar-1.2.3.dist-info/RECORD", RECORD)
        .file(SITE + "foo/__init__.py", "")
        .program(SITE + "foo/_bundled/foo")
        .file("home/ada/.local/bin/foo", "")
        .file("home/ada/foo", "");
    return fuzz;
  }

  @Test
  void metadata_of_distributions() throws Exception {
    planted()
        .scans(
            "python-metadata",
            new PythonSource(),
            SITE + "foo_bar-1.2.3.dist-info/METADATA",
            METADATA);
  }

  @Test
  void lists_of_installed_files() throws Exception {
    planted()
        .scans(
            "python-record", new PythonSource(), SITE + "foo_bar-1.2.3.dist-info/RECORD", RECORD);
    planted()
        .scans(
            "python-installed-files",
            new PythonSource(),
            SITE + "old-1.egg-info/installed-files.txt",
            "../old/__init__.py\n../../../../bin/old\nPKG-INFO\n");
  }

  @Test
  void records_of_pipx_uv_and_conda() throws Exception {
    var planted = planted();
    var venv = "home/ada/.local/share/uv/tools/foo/";
    planted
        .station()
        .planting
        .file(venv + "lib/python3.12/site-packages/foo_bar-1.dist-info/METADATA", METADATA)
        .file(venv + "lib/python3.12/site-packages/foo_bar-1.dist-info/RECORD", "foo.py,,\n");
    planted.scans(
        "pipx-metadata",
        new PythonSource(),
        "home/ada/.local/pipx/venvs/foo/pipx_metadata.json",
        "{\"injected_packages\": {}, \"main_package\": {\"package\": \"foo-bar\"}}");
    planted.scans(
        "uv-receipt",
        new PythonSource(),
        venv + "uv-receipt.toml",
        "[tool]\nrequirements = [{ name = \"foo-bar\", extras = [\"x\"] }]\n");
    planted.scans(
        "conda-environments",
        new PythonSource(),
        "home/ada/.conda/environments.txt",
        "/home/ada/miniconda3\nC:\\Users\\ada\\miniconda3\n");
    planted.scans(
        "conda-record",
        new PythonSource(),
        "home/ada/.conda/envs/x/conda-meta/foo-1-0.json",
        "{\"channel\": \"https://conda.anaconda.org/conda-forge/linux-64\"}");
  }
}
