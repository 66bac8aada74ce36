package dev.interdict.agent.sources.python;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where interpreters and environments of Python lie that are nobody's project, as data. Visible
/// folders of a home are searched as projects are.
final class PythonPlaces {
  /// Made by a tool for one application.
  private static final String PIPX = "pipx";

  private static final String UV_TOOL = "uv tool";
  private static final String VIRTUAL = "virtual environment";
  private static final String CONDA = "conda environment";
  private static final String UV_CACHE = "uv cache";

  /// One kind of place.
  ///
  /// @param pattern of its folders, relative to the home or the root
  /// @param packages whether each is itself a folder of packages, not an environment that has some
  /// @param origin what made it, in words; null for an interpreter's own
  record Place(String pattern, boolean packages, @Nullable String origin) {
    /// Whether a tool makes each such environment for one distribution and records which.
    boolean forOne() {
      return PIPX.equals(origin) || UV_TOOL.equals(origin);
    }
  }

  /// What every home may hold.
  static final List<Place> IN_HOMES =
      Stream.of(
              places(
                  null,
                  ".local",
                  "Library/Python/*",
                  "AppData/Local/Programs/Python/*",
                  ".pyenv/versions/*",
                  ".pyenv/versions/*/envs/*",
                  ".pyenv/pyenv-win/versions/*",
                  ".asdf/installs/python/*",
                  ".local/share/mise/installs/python/*",
                  ".local/share/uv/python/*",
                  "AppData/Roaming/uv/python/*",
                  ".local/share/hatch/pythons/*/*",
                  ".rye/py/*",
                  ".linuxbrew"),
              places(
                  PIPX,
                  ".local/pipx/venvs/*",
                  ".local/share/pipx/venvs/*",
                  "Library/Application Support/pipx/venvs/*",
                  "pipx/venvs/*",
                  "AppData/Local/pipx/pipx/venvs/*"),
              places("pipx cache", ".local/pipx/.cache/*", ".cache/pipx/*"),
              places(
                  UV_TOOL,
                  ".local/share/uv/tools/*",
                  "AppData/Roaming/uv/tools/*",
                  "AppData/Roaming/uv/data/tools/*"),
              places(
                  UV_CACHE,
                  ".cache/uv/archive-v*/*",
                  ".cache/uv/environments-v*/*",
                  "AppData/Local/uv/cache/archive-v*/*",
                  "AppData/Local/uv/cache/environments-v*/*"),
              places(
                  VIRTUAL,
                  ".virtualenvs/*",
                  ".venvs/*",
                  ".venv",
                  ".local/share/virtualenvs/*",
                  ".local/share/pypoetry/venv",
                  ".cache/pypoetry/virtualenvs/*",
                  "Library/Caches/pypoetry/virtualenvs/*",
                  "AppData/Local/pypoetry/Cache/virtualenvs/*",
                  ".local/share/hatch/env/virtual/*",
                  ".local/share/hatch/env/virtual/*/*",
                  ".local/share/hatch/env/virtual/*/*/*",
                  "Library/Application Support/hatch/env/virtual/*/*/*",
                  "AppData/Local/hatch/env/virtual/*/*/*",
                  ".local/share/pdm/venvs/*",
                  "Library/Application Support/pdm/venvs/*",
                  "AppData/Local/pdm/pdm/venvs/*",
                  ".rye/self",
                  ".rye/tools/*",
                  ".cache/pre-commit/*/py_env-*",
                  ".local/share/nvim/mason/packages/*/venv"),
              places(
                  CONDA,
                  ".conda/envs/*",
                  ".local/share/mamba/envs/*",
                  ".miniconda3",
                  ".miniforge3",
                  ".anaconda3",
                  ".pixi/envs/*",
                  "AppData/Local/miniconda3",
                  "AppData/Local/miniforge3",
                  "AppData/Local/anaconda3"),
              Stream.of(
                  new Place("AppData/Roaming/Python/*/site-packages", true, null),
                  new Place(
                      "AppData/Local/Packages/PythonSoftwareFoundation.Python.*"
                          + "/LocalCache/local-packages/*/site-packages",
                      true,
                      null),
                  new Place(".cache/uv/archive-v*/*", true, UV_CACHE),
                  new Place("AppData/Local/uv/cache/archive-v*/*", true, UV_CACHE)))
          .flatMap(places -> places)
          .toList();

  /// What the machine itself may hold, besides what its own package manager does in [#SYSTEM].
  static final List<Place> ON_MACHINES =
      Stream.of(
              places(
                  null,
                  "usr/local",
                  "opt/homebrew",
                  "home/linuxbrew/.linuxbrew",
                  "opt/pyenv/versions/*",
                  "usr/local/pyenv/versions/*",
                  "Library/Frameworks/Python.framework/Versions/*",
                  "Program Files/Python3*",
                  "Python3*"),
              places(PIPX, "opt/pipx/venvs/*", "usr/local/share/pipx/venvs/*"),
              places(
                  "inside a Homebrew formula",
                  "opt/homebrew/Cellar/*/*/libexec",
                  "usr/local/Cellar/*/*/libexec",
                  "home/linuxbrew/.linuxbrew/Cellar/*/*/libexec"),
              places(
                  CONDA,
                  "ProgramData/miniconda3",
                  "ProgramData/miniforge3",
                  "ProgramData/anaconda3"),
              places(VIRTUAL, "opt/*", "opt/*/venv", "opt/*/.venv", "opt/*/env", "opt/venvs/*"),
              Stream.of(new Place("Library/Python/*/site-packages", true, null)))
          .flatMap(places -> places)
          .toList();

  /// The prefix of the operating system's own interpreter.
  static final String SYSTEM = "usr";

  private PythonPlaces() {}

  private static Stream<Place> places(@Nullable String origin, String... patterns) {
    return Stream.of(patterns).map(pattern -> new Place(pattern, false, origin));
  }
}
