package dev.interdict.agent.enforce;

import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.Part;
import java.util.List;
import java.util.Set;

/// A removal that is not to be carried out.
public record NoUninstallation(Outcome forecast) implements Uninstallation {

  @Override
  public List<Part> files() {
    return List.of();
  }

  @Override
  public Set<FileId> scripts() {
    return Set.of();
  }

  @Override
  public Outcome carryOut() {
    return forecast;
  }

  @Override
  public Set<FileId> programs() {
    return Set.of();
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
