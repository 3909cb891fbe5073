# syntax=docker/dockerfile:1

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp -DskipTests -pl app -am package

FROM eclipse-temurin:17-jre
RUN groupadd --gid 10001 weir \
    && useradd --uid 10001 --gid weir --create-home --home-dir /var/lib/weir --shell /usr/sbin/nologin weir
COPY --from=build /src/app/target/lib /opt/weir/lib
COPY --from=build /src/app/target/weir.jar /opt/weir/weir.jar
COPY rules /opt/weir/rules
COPY deploy/weir.yml /etc/weir/weir.yml
COPY --chmod=0755 deploy/ready.sh /opt/weir/ready.sh
USER 10001:10001
# Half for the heap: RocksDB and Kafka's buffers live outside it.
ENV JDK_JAVA_OPTIONS="-XX:+UseParallelGC -XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError"
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["/opt/weir/ready.sh", "8080"]
ENTRYPOINT ["java", "-jar", "/opt/weir/weir.jar"]
CMD ["run", "--config", "/etc/weir/weir.yml", "--roles", "stream,sink,serve"]
