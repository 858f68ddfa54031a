package io.schedulerworker.model;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A KPI that can be called: all that the registry requires is there.
 *
 * @param id unique in its registry; not blank, up to 256 characters, none of them a control character
 * @param name for people; not blank
 * @param description for people; null if absent
 * @param type for example {@code price}; not blank
 * @param active whether jobs call it
 * @param webhookUrl an absolute http or https URL, see {@link WebhookUrl}
 * @param analysisConfig passed on to others; null if absent
 * @param metadata passed on to others; null if absent
 * @param extras further fields
 */
public record Kpi(
    String id,
    String name,
    @Nullable String description,
    String type,
    boolean active,
    String webhookUrl,
    @Nullable JsonText analysisConfig,
    @Nullable JsonText metadata,
    Extras extras)
    implements RegistryEntry {

  /** The greatest number of characters in an id. */
  public static final int ID_LENGTH = 256;

  /**
   * The webhook's address.
   *
   * @return the parsed URL
   * @throws IllegalArgumentException if the URL was not checked with {@link WebhookUrl#problem}
   */
  public URI webhook() {
    return URI.create(webhookUrl);
  }
}
