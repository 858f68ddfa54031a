package io.schedulerworker.json;

/** The names of a KPI's fields in the registry. */
final class KpiFields {
  static final String ID = "id";
  static final String NAME = "name";
  static final String DESCRIPTION = "description";
  static final String TYPE = "type";
  static final String ACTIVE = "active";
  static final String WEBHOOK_URL = "webhookUrl";
  static final String ANALYSIS_CONFIG = "analysisConfig";
  static final String METADATA = "metadata";

  private KpiFields() {}
}
