package dev.weir.app.dev;

import dev.weir.app.config.TopicSettings;
import java.nio.file.Path;

/** What an embedded Weir prints once it runs: its addresses and lines to try, as they work on this machine. */
record Welcome(Ports ports, Path data, TopicSettings topics) {
    String text() {
        String events = topics.name("events");
        String alerts = topics.name("alerts");
        String kafka = "127.0.0.1:" + ports.kafka();
        String registry = "http://127.0.0.1:" + ports.registry();
        String postgres = "postgresql://postgres@127.0.0.1:" + ports.postgres() + "/postgres";
        String http = "http://127.0.0.1:" + ports.http();
        return """

                Weir runs. Data: %s
                  Kafka            %s
                  schema registry  %s
                  PostgreSQL       %s
                  HTTP             %s

                Try next, in another terminal:
                  echo '{"timestamp":'$(date +%%s000)',"service":"api","metric":"http_request_duration_seconds","kind":"OBSERVATION","value":0.12}' | ./weir produce --file - --bootstrap %s --schema-registry %s
                  kcat -b %s -t %s -C -o beginning -e -f '%%k %%o\\n'
                  kcat -b %s -t %s -C -f '%%T %%k %%S bytes\\n'
                  psql %s -c 'SELECT period_start, metric_name, dimensions, count_value, p95_value, error_ratio FROM monitoring.aggregated_metrics LIMIT 10'
                  curl %s/api/v1/health

                Ctrl-C stops everything.
                """.formatted(
                data, kafka, registry, postgres, http, kafka, registry, kafka, events, kafka, alerts, postgres, http);
    }
}
