package dev.interdict.policy;

import dev.interdict.identity.PackageUrl;
import org.jspecify.annotations.Nullable;

/// What a [Matcher] is asked about: one thing on a workstation, as far as records or the file
/// itself identify it. Subjects and matchers meet by type; text is never compared with text of
/// another type.
public sealed interface Subject {

  /// An installed package; its version stands in the package URL, empty where no record states it.
  record OfPackage(PackageUrl purl) implements Subject {}

  /// An application with its platform's identifier (`macos`, `windows-family`, `desktop-id`).
  record OfApplication(String platform, String id) implements Subject {}

  /// An extension of a host program (`vscode`, `jetbrains`, `chrome`, `firefox`).
  record OfExtension(String host, String id) implements Subject {}

  /// A program file.
  ///
  /// @param home its place relative to the home it lies in; null outside homes
  /// @param system its absolute place; null where only the place in a home is known
  /// @param sha256 of the file in lower-case hex; null where it was not read
  record OfProgram(
      @Nullable String home, @Nullable String system, @Nullable String sha256, Signature signature)
      implements Subject {
    public OfProgram {
      if (home == null && system == null) {
        throw new IllegalArgumentException("a program needs a place");
      }
    }

    /// The program at `place` below a home, its content not read.
    public static OfProgram inHome(String place) {
      return new OfProgram(place, null, null, new Signature.NotRead());
    }

    /// The program at the absolute `place`, its content not read.
    public static OfProgram at(String place) {
      return new OfProgram(null, place, null, new Signature.NotRead());
    }
  }

  /// A model named in the configuration of a tool.
  record OfModel(String tool, String model) implements Subject {}

  /// An environment variable that is set somewhere; its value is no part of it.
  record OfVariable(String name) implements Subject {}

  /// A container image or development container feature that a file names.
  record OfContainer(String reference) implements Subject {}

  /// Something left behind, or that would bring a tool back.
  record OfResidue(Residue kind, String id) implements Subject {}

  /// What is known about who signed a program file.
  sealed interface Signature {
    /// Nothing: it was not looked at, or could not be verified here.
    record NotRead() implements Signature {}

    /// It bears no signature.
    record Unsigned() implements Signature {}

    /// It bears the verified signature of `name`.
    record By(String name) implements Signature {}
  }
}
