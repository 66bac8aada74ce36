package dev.interdict.policy;

import dev.interdict.identity.Glob;
import dev.interdict.identity.PackageUrl;
import dev.interdict.identity.VersionRange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One way in which a banned tool shows itself, by type. Only [Strength#STRONG] kinds lead to
/// removal.
public sealed interface Matcher {

  /// How much a match proves.
  enum Strength {
    /// A typed identity from a record or the file itself: enough to act on.
    STRONG,
    /// A hint of use: enough to tell somebody, never to remove.
    WEAK,
    /// Left behind by the tool, or able to bring it back: told, and no installation.
    RESIDUE
  }

  /// What this kind of match proves at most.
  default Strength strength() {
    return switch (this) {
      case OfPackage _, OfApplication _, OfExtension _, OfProgram _, OfProcess _ -> Strength.STRONG;
      case ModelUse _, EnvironmentVariables _, Containers _ -> Strength.WEAK;
      case Remains _ -> Strength.RESIDUE;
    };
  }

  /// A package of an ecosystem, of any version where `versions` is null.
  record OfPackage(PackageUrl purl, @Nullable VersionRange versions) implements Matcher {}

  /// An application by its platform's identifier (`macos` → bundle id, `desktop-id` …).
  record OfApplication(Map<String, String> idByPlatform) implements Matcher {
    public OfApplication {
      idByPlatform = Map.copyOf(idByPlatform);
    }
  }

  /// An extension by its host's identifier (`vscode`, `jetbrains`, `chrome` …).
  record OfExtension(Map<String, String> idByHost) implements Matcher {
    public OfExtension {
      idByHost = Map.copyOf(idByHost);
    }
  }

  /// A self-contained program.
  ///
  /// @param home its place below a home, or null
  /// @param system its absolute place, or null
  /// @param sha256 digests of the executable in lower-case hex; where given, one must match
  /// @param signer the code signer's name; where given it must match, and an unsigned file does not
  record OfProgram(
      @Nullable Glob home, @Nullable Glob system, Set<String> sha256, @Nullable String signer)
      implements Matcher {
    public OfProgram {
      sha256 = Set.copyOf(sha256);
    }
  }

  /// Running processes whose executable or script belongs to what the same rule matched.
  record OfProcess() implements Matcher {}

  /// Names of models in the configuration of other tools.
  record ModelUse(List<Glob> models, List<String> tools) implements Matcher {
    public ModelUse {
      models = List.copyOf(models);
      tools = List.copyOf(tools);
    }
  }

  /// Names of environment variables; their values are never read into a finding.
  record EnvironmentVariables(List<String> names) implements Matcher {
    public EnvironmentVariables {
      names = List.copyOf(names);
    }
  }

  /// Container images and development container features, by the reference that a file names,
  /// without tag and digest.
  record Containers(List<Glob> references) implements Matcher {
    public Containers {
      references = List.copyOf(references);
    }
  }

  /// What stays behind or would bring the tool back.
  record Remains(Map<Residue, Glob> idByKind) implements Matcher {
    public Remains {
      idByKind = Map.copyOf(idByKind);
    }

    /// The patterns by kind, as a rule writes both.
    public Map<String, String> texts() {
      var texts = new TreeMap<String, String>();
      idByKind.forEach((kind, glob) -> texts.put(kind.written(), glob.toString()));
      return texts;
    }
  }
}
