SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);
CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);
CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);
CREATE FUNCTION public.hub_dispatch_closed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE'
        OR (NEW.number, NEW.office_id, NEW.carrier, NEW.day, NEW.run, NEW.parcels, NEW.grams, NEW.cod,
            NEW.left_out, NEW.pdf, NEW.xlsx, NEW.csv, NEW.json, NEW.closed_at, NEW.closed_by)
        IS DISTINCT FROM
           (OLD.number, OLD.office_id, OLD.carrier, OLD.day, OLD.run, OLD.parcels, OLD.grams, OLD.cod,
            OLD.left_out, OLD.pdf, OLD.xlsx, OLD.csv, OLD.json, OLD.closed_at, OLD.closed_by)
    THEN
        RAISE EXCEPTION 'manifest % is closed', OLD.number
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.hub_payments_within() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    had bigint;
    given bigint;
BEGIN
    SELECT amount INTO had FROM hub_payments_banktransaction
        WHERE id = NEW.transaction_id FOR UPDATE;
    SELECT COALESCE(sum(amount), 0) INTO given FROM hub_payments_allocation
        WHERE transaction_id = NEW.transaction_id;
    IF given < 0 OR given > had THEN
        RAISE EXCEPTION 'line % has %, but % would be given away', NEW.transaction_id, had, given
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.reverses_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM hub_payments_allocation a WHERE a.id = NEW.reverses_id
            AND a.reverses_id IS NULL AND a.amount = -NEW.amount
            AND (a.transaction_id, a.charge_id) = (NEW.transaction_id, NEW.charge_id)
    ) THEN
        RAISE EXCEPTION 'a contra row takes back what one allocation gave'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.hub_register_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION public.hub_register_gate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    held text[] := '{}';
BEGIN
    IF NOT EXISTS (SELECT FROM hub_register_fact WHERE dossier_id = NEW.code AND kind = 'Signed') THEN
        held := held || 'unsigned'::text;
    END IF;
    IF NOT EXISTS (SELECT FROM hub_register_fact WHERE dossier_id = NEW.code AND kind = 'Sealed'
                   AND body->>'document' = NEW.document) THEN
        held := held || 'unsealed'::text;
    END IF;
    IF NOT EXISTS (SELECT FROM hub_register_fact WHERE dossier_id = NEW.code AND kind = 'Verified'
                   AND body->>'document' = NEW.document) THEN
        held := held || 'unverified'::text;
    END IF;
    IF NOT EXISTS (SELECT FROM hub_register_fact WHERE dossier_id = NEW.code AND kind = 'Charged') THEN
        held := held || 'uncharged'::text;
    END IF;
    IF NEW.paid < NEW.due OR (NEW.released_due, NEW.released_paid) IS DISTINCT FROM (NEW.due, NEW.paid) THEN
        held := held || 'unpaid'::text;
    END IF;
    IF cardinality(held) > 0 THEN
        RAISE EXCEPTION 'dossier may not leave: %', array_to_string(held, ', ')
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.hub_register_partition(parent text, month date) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    child text := parent || to_char(month, '_YYYY_MM');
    first_day timestamptz := date_trunc('month', month::timestamp) AT TIME ZONE 'UTC';
    last_day timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') AT TIME ZONE 'UTC';
BEGIN
    IF to_regclass(child) IS NULL THEN
        EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                       child, parent, first_day, last_day);
    END IF;
END $$;
CREATE FUNCTION public.hub_register_sees(unit text, centre text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT current_setting('motcua.units', true) = '*'
        OR unit = ANY (string_to_array(current_setting('motcua.units', true), ','))
        OR centre = ANY (string_to_array(current_setting('motcua.units', true), ','))
$$;
CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;
    RETURN job_ids;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;
    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;
    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;
    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;
    RETURN _job_id;
END;
$$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);
CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;
 RETURN found_jobs;
END;
$$;
CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;
CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;
CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_user (
    id integer NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    is_superuser boolean NOT NULL,
    username character varying(150) NOT NULL,
    first_name character varying(150) NOT NULL,
    last_name character varying(150) NOT NULL,
    email character varying(254) NOT NULL,
    is_staff boolean NOT NULL,
    is_active boolean NOT NULL,
    date_joined timestamp with time zone NOT NULL
);
CREATE TABLE public.auth_user_groups (
    id bigint NOT NULL,
    user_id integer NOT NULL,
    group_id integer NOT NULL
);
ALTER TABLE public.auth_user_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_user_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.auth_user ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_user_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_user_user_permissions (
    id bigint NOT NULL,
    user_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_user_user_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_user_user_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
CREATE TABLE public.hub_desk_apiclient (
    code character varying(60) NOT NULL,
    name character varying(200) NOT NULL,
    token_sha256 character varying(64) NOT NULL,
    active boolean NOT NULL
);
CREATE TABLE public.hub_desk_apiclient_units (
    id bigint NOT NULL,
    apiclient_id character varying(60) NOT NULL,
    unit_id character varying(35) NOT NULL
);
ALTER TABLE public.hub_desk_apiclient_units ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_desk_apiclient_units_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_desk_membership (
    id bigint NOT NULL,
    role character varying(10) NOT NULL,
    unit_id character varying(35) NOT NULL,
    user_id integer NOT NULL
);
ALTER TABLE public.hub_desk_membership ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_desk_membership_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_desk_miss (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    caller character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE public.hub_desk_miss ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_desk_miss_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_desk_reading (
    id bigint NOT NULL,
    person character varying(150) NOT NULL,
    page character varying(40) NOT NULL,
    at timestamp with time zone NOT NULL,
    dossier_id character varying(60) NOT NULL
);
ALTER TABLE public.hub_desk_reading ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_desk_reading_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_desk_viewing (
    id bigint NOT NULL,
    person character varying(150) NOT NULL,
    document character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE public.hub_desk_viewing ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_desk_viewing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_dispatch_carrierevent (
    id bigint NOT NULL,
    carrier character varying(40) NOT NULL,
    event_id character varying(120) NOT NULL,
    reference character varying(120) NOT NULL,
    code character varying(40) NOT NULL,
    said character varying(400) NOT NULL,
    status character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    tracking character varying(40) NOT NULL,
    office character varying(120) NOT NULL,
    told_at timestamp with time zone NOT NULL
);
ALTER TABLE public.hub_dispatch_carrierevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_dispatch_carrierevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_dispatch_feedmark (
    carrier character varying(40) NOT NULL,
    mark character varying(200) NOT NULL,
    read_at timestamp with time zone NOT NULL
);
CREATE TABLE public.hub_dispatch_manifest (
    number character varying(20) NOT NULL,
    carrier character varying(40) NOT NULL,
    day date NOT NULL,
    run integer NOT NULL,
    state character varying(10) NOT NULL,
    parcels integer NOT NULL,
    grams integer NOT NULL,
    cod bigint NOT NULL,
    left_out jsonb NOT NULL,
    pdf character varying(64) NOT NULL,
    xlsx character varying(64) NOT NULL,
    csv character varying(64) NOT NULL,
    json character varying(64) NOT NULL,
    closed_at timestamp with time zone NOT NULL,
    closed_by character varying(150) NOT NULL,
    received_at timestamp with time zone,
    postal_worker character varying(150) NOT NULL,
    office_id character varying(20) NOT NULL,
    CONSTRAINT hub_dispatch_manifest_grams_check CHECK ((grams >= 0)),
    CONSTRAINT hub_dispatch_manifest_parcels_check CHECK ((parcels >= 0)),
    CONSTRAINT hub_dispatch_manifest_run_check CHECK ((run >= 0))
);
CREATE TABLE public.hub_dispatch_manifestcount (
    day date NOT NULL,
    last integer NOT NULL,
    CONSTRAINT hub_dispatch_manifestcount_last_check CHECK ((last >= 0))
);
CREATE TABLE public.hub_dispatch_manifestline (
    id bigint NOT NULL,
    "position" integer NOT NULL,
    item character varying(80) NOT NULL,
    taken_at timestamp with time zone,
    missing character varying(200) NOT NULL,
    manifest_id character varying(20) NOT NULL,
    shipment_id character varying(80) NOT NULL,
    CONSTRAINT hub_dispatch_manifestline_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.hub_dispatch_manifestline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_dispatch_manifestline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_dispatch_office (
    code character varying(20) NOT NULL,
    name character varying(200) NOT NULL,
    carrier character varying(40) NOT NULL,
    sender_address character varying(400) NOT NULL,
    cut_offs jsonb NOT NULL,
    unit_id character varying(35) NOT NULL
);
CREATE TABLE public.hub_dispatch_shipment (
    reference character varying(80) NOT NULL,
    leg character varying(1) NOT NULL,
    attempt integer NOT NULL,
    carrier character varying(40) NOT NULL,
    state character varying(20) NOT NULL,
    tracking character varying(40) NOT NULL,
    prepared_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    dossier_id character varying(60) NOT NULL,
    office_id character varying(20) NOT NULL,
    CONSTRAINT hub_dispatch_shipment_attempt_check CHECK ((attempt >= 0))
);
ALTER TABLE ONLY public.hub_dispatch_shipment FORCE ROW LEVEL SECURITY;
CREATE TABLE public.hub_payments_account (
    id bigint NOT NULL,
    number character varying(34) NOT NULL,
    bank character varying(40) NOT NULL,
    bin character varying(6) NOT NULL,
    name character varying(200) NOT NULL,
    unit_id character varying(35) NOT NULL
);
ALTER TABLE ONLY public.hub_payments_account FORCE ROW LEVEL SECURITY;
ALTER TABLE public.hub_payments_account ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_payments_account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_payments_allocation (
    id bigint NOT NULL,
    part smallint NOT NULL,
    generation smallint NOT NULL,
    amount bigint NOT NULL,
    stage character varying(12) NOT NULL,
    match character varying(12) NOT NULL,
    counted boolean NOT NULL,
    evidence character varying(200) NOT NULL,
    rule character varying(20) NOT NULL,
    by character varying(150) NOT NULL,
    at timestamp with time zone NOT NULL,
    reverses_id bigint,
    attempt_id bigint,
    transaction_id bigint NOT NULL,
    charge_id bigint NOT NULL,
    CONSTRAINT allocation_sign CHECK ((((amount > 0) AND (reverses_id IS NULL)) OR ((amount < 0) AND (reverses_id IS NOT NULL)))),
    CONSTRAINT hub_payments_allocation_generation_check CHECK ((generation >= 0)),
    CONSTRAINT hub_payments_allocation_part_check CHECK ((part >= 0))
);
ALTER TABLE ONLY public.hub_payments_allocation FORCE ROW LEVEL SECURITY;
ALTER TABLE public.hub_payments_allocation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_payments_allocation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_payments_attempt (
    id bigint NOT NULL,
    gateway character varying(40) NOT NULL,
    reference character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    amount bigint NOT NULL,
    state character varying(8) NOT NULL,
    url character varying(1000) NOT NULL,
    transaction character varying(64) NOT NULL,
    counted boolean NOT NULL,
    settled_at timestamp with time zone,
    questions integer NOT NULL,
    ask_after timestamp with time zone,
    charge_id bigint NOT NULL,
    CONSTRAINT hub_payments_attempt_questions_check CHECK ((questions >= 0))
);
ALTER TABLE ONLY public.hub_payments_attempt FORCE ROW LEVEL SECURITY;
ALTER TABLE public.hub_payments_attempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_payments_attempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_payments_banktransaction (
    id bigint NOT NULL,
    bank_reference character varying(70) NOT NULL,
    occurrence integer NOT NULL,
    booked_on date NOT NULL,
    value_on date NOT NULL,
    amount bigint NOT NULL,
    reversal boolean NOT NULL,
    end_to_end character varying(70) NOT NULL,
    clearing character varying(70) NOT NULL,
    memo_text text NOT NULL,
    memo_plain text NOT NULL,
    party_text character varying(200) NOT NULL,
    "references" character varying(20)[] NOT NULL,
    account_id bigint NOT NULL,
    file_id bigint NOT NULL,
    CONSTRAINT hub_payments_banktransaction_occurrence_check CHECK ((occurrence >= 0))
);
ALTER TABLE ONLY public.hub_payments_banktransaction FORCE ROW LEVEL SECURITY;
ALTER TABLE public.hub_payments_banktransaction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_payments_banktransaction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_payments_charge (
    id bigint NOT NULL,
    reference character varying(12) NOT NULL,
    amount bigint NOT NULL,
    channel character varying(10) NOT NULL,
    payable_until date,
    opened_at timestamp with time zone NOT NULL,
    account_id bigint,
    dossier_id character varying(60) NOT NULL,
    CONSTRAINT charge_amount CHECK ((amount >= 0))
);
ALTER TABLE ONLY public.hub_payments_charge FORCE ROW LEVEL SECURITY;
ALTER TABLE public.hub_payments_charge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_payments_charge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE SEQUENCE public.hub_payments_charge_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    MAXVALUE 99999999
    CACHE 1;
CREATE TABLE public.hub_payments_chargeline (
    id bigint NOT NULL,
    kind character varying(6) NOT NULL,
    code character varying(40) NOT NULL,
    name character varying(300) NOT NULL,
    amount bigint NOT NULL,
    charge_id bigint NOT NULL,
    CONSTRAINT charge_line_kind CHECK (((kind)::text = ANY ((ARRAY['phi'::character varying, 'le_phi'::character varying])::text[])))
);
ALTER TABLE ONLY public.hub_payments_chargeline FORCE ROW LEVEL SECURITY;
ALTER TABLE public.hub_payments_chargeline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_payments_chargeline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_payments_dailyclose (
    id bigint NOT NULL,
    day date NOT NULL,
    body jsonb NOT NULL,
    sha256 character varying(64) NOT NULL,
    previous character varying(64) NOT NULL,
    document character varying(64) NOT NULL,
    closed_at timestamp with time zone NOT NULL,
    closed_by character varying(150) NOT NULL,
    account_id bigint NOT NULL
);
ALTER TABLE ONLY public.hub_payments_dailyclose FORCE ROW LEVEL SECURITY;
ALTER TABLE public.hub_payments_dailyclose ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_payments_dailyclose_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_payments_discrepancy (
    id bigint NOT NULL,
    code character varying(22) NOT NULL,
    subject character varying(110) NOT NULL,
    amount bigint NOT NULL,
    owner character varying(10) NOT NULL,
    unit character varying(35) NOT NULL,
    detail jsonb NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    closed_by character varying(150) NOT NULL,
    resolution character varying(300) NOT NULL,
    account_id bigint,
    charge_id bigint,
    transaction_id bigint
);
ALTER TABLE ONLY public.hub_payments_discrepancy FORCE ROW LEVEL SECURITY;
ALTER TABLE public.hub_payments_discrepancy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_payments_discrepancy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_payments_statementfile (
    id bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    format character varying(20) NOT NULL,
    sequence bigint,
    opening bigint,
    closing bigint,
    day date,
    source character varying(150) NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    account_id bigint NOT NULL
);
ALTER TABLE ONLY public.hub_payments_statementfile FORCE ROW LEVEL SECURITY;
ALTER TABLE public.hub_payments_statementfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_payments_statementfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_payments_waiting (
    transaction_id bigint NOT NULL
);
CREATE TABLE public.hub_register_applicant (
    dossier_id character varying(60) NOT NULL,
    name_text character varying(200) NOT NULL,
    phone_text character varying(20) NOT NULL,
    id_number_text character varying(20) NOT NULL,
    address_text character varying(400) NOT NULL,
    ward character varying(10) NOT NULL
);
ALTER TABLE ONLY public.hub_register_applicant FORCE ROW LEVEL SECURITY;
CREATE TABLE public.hub_register_connectorhealth (
    connector character varying(40) NOT NULL,
    succeeded_at timestamp with time zone,
    failed_at timestamp with time zone,
    failure character varying(200) NOT NULL,
    refused integer NOT NULL,
    unavailable integer NOT NULL,
    unsure integer NOT NULL,
    forged integer NOT NULL,
    CONSTRAINT hub_register_connectorhealth_forged_check CHECK ((forged >= 0)),
    CONSTRAINT hub_register_connectorhealth_refused_check CHECK ((refused >= 0)),
    CONSTRAINT hub_register_connectorhealth_unavailable_check CHECK ((unavailable >= 0)),
    CONSTRAINT hub_register_connectorhealth_unsure_check CHECK ((unsure >= 0))
);
CREATE TABLE public.hub_register_document (
    sha256 character varying(64) NOT NULL,
    size bigint NOT NULL,
    media_type character varying(80) NOT NULL,
    stored_at timestamp with time zone NOT NULL
);
CREATE TABLE public.hub_register_dossier (
    code character varying(60) NOT NULL,
    secret character varying(12) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    business character varying(20) NOT NULL,
    money character varying(20) NOT NULL,
    delivery character varying(20) NOT NULL,
    synchronisation character varying(20) NOT NULL,
    next_step character varying(30) NOT NULL,
    document character varying(64) NOT NULL,
    verified character varying(64) NOT NULL,
    due bigint NOT NULL,
    paid bigint NOT NULL,
    released_at timestamp with time zone,
    released_due bigint,
    released_paid bigint,
    state jsonb NOT NULL,
    facts integer NOT NULL,
    head character varying(64) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    procedure_id character varying(40) NOT NULL,
    centre_id character varying(35) NOT NULL,
    unit_id character varying(35) NOT NULL,
    CONSTRAINT dossier_gate CHECK (((NOT ((business)::text = 'released'::text)) OR ((released_at IS NOT NULL) AND (released_paid >= released_due) AND ((verified)::text = (document)::text) AND (NOT ((document)::text = ''::text))))),
    CONSTRAINT hub_register_dossier_facts_check CHECK ((facts >= 0))
);
ALTER TABLE ONLY public.hub_register_dossier FORCE ROW LEVEL SECURITY;
CREATE TABLE public.hub_register_fact (
    dossier_id character varying(60) NOT NULL,
    seq integer NOT NULL,
    kind character varying(40) NOT NULL,
    body jsonb NOT NULL,
    by character varying(150) NOT NULL,
    at timestamp with time zone NOT NULL,
    previous character varying(64) NOT NULL,
    hash character varying(64) NOT NULL,
    CONSTRAINT hub_register_fact_seq_check CHECK ((seq > 0))
)
PARTITION BY RANGE (at);
ALTER TABLE ONLY public.hub_register_fact FORCE ROW LEVEL SECURITY;
CREATE TABLE public.hub_register_fact_2026_11 (
    dossier_id character varying(60) NOT NULL,
    seq integer NOT NULL,
    kind character varying(40) NOT NULL,
    body jsonb NOT NULL,
    by character varying(150) NOT NULL,
    at timestamp with time zone NOT NULL,
    previous character varying(64) NOT NULL,
    hash character varying(64) NOT NULL,
    CONSTRAINT hub_register_fact_seq_check CHECK ((seq > 0))
);
CREATE TABLE public.hub_register_fact_2026_12 (
    dossier_id character varying(60) NOT NULL,
    seq integer NOT NULL,
    kind character varying(40) NOT NULL,
    body jsonb NOT NULL,
    by character varying(150) NOT NULL,
    at timestamp with time zone NOT NULL,
    previous character varying(64) NOT NULL,
    hash character varying(64) NOT NULL,
    CONSTRAINT hub_register_fact_seq_check CHECK ((seq > 0))
);
CREATE TABLE public.hub_register_fact_2027_01 (
    dossier_id character varying(60) NOT NULL,
    seq integer NOT NULL,
    kind character varying(40) NOT NULL,
    body jsonb NOT NULL,
    by character varying(150) NOT NULL,
    at timestamp with time zone NOT NULL,
    previous character varying(64) NOT NULL,
    hash character varying(64) NOT NULL,
    CONSTRAINT hub_register_fact_seq_check CHECK ((seq > 0))
);
CREATE TABLE public.hub_register_fact_2027_02 (
    dossier_id character varying(60) NOT NULL,
    seq integer NOT NULL,
    kind character varying(40) NOT NULL,
    body jsonb NOT NULL,
    by character varying(150) NOT NULL,
    at timestamp with time zone NOT NULL,
    previous character varying(64) NOT NULL,
    hash character varying(64) NOT NULL,
    CONSTRAINT hub_register_fact_seq_check CHECK ((seq > 0))
);
CREATE TABLE public.hub_register_fact_rest (
    dossier_id character varying(60) NOT NULL,
    seq integer NOT NULL,
    kind character varying(40) NOT NULL,
    body jsonb NOT NULL,
    by character varying(150) NOT NULL,
    at timestamp with time zone NOT NULL,
    previous character varying(64) NOT NULL,
    hash character varying(64) NOT NULL,
    CONSTRAINT hub_register_fact_seq_check CHECK ((seq > 0))
);
CREATE TABLE public.hub_register_idempotencykey (
    id bigint NOT NULL,
    client character varying(60) NOT NULL,
    key character varying(120) NOT NULL,
    request_sha256 character varying(64) NOT NULL,
    dossier_id character varying(60) NOT NULL
);
ALTER TABLE public.hub_register_idempotencykey ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_register_idempotencykey_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_register_inbox (
    id bigint NOT NULL,
    source character varying(40) NOT NULL,
    external_id character varying(120) NOT NULL,
    body_sha256 character varying(64) NOT NULL,
    body bytea NOT NULL,
    verified boolean NOT NULL,
    received_at timestamp with time zone NOT NULL,
    times integer NOT NULL,
    CONSTRAINT hub_register_inbox_times_check CHECK ((times >= 0))
);
ALTER TABLE public.hub_register_inbox ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_register_inbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_register_intent (
    id bigint NOT NULL,
    kind character varying(40) NOT NULL,
    reference character varying(120) NOT NULL,
    request jsonb NOT NULL,
    state character varying(10) NOT NULL,
    attempt integer NOT NULL,
    tried boolean NOT NULL,
    leased_until timestamp with time zone,
    leased_by character varying(80) NOT NULL,
    answer jsonb NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    dossier_id character varying(60),
    CONSTRAINT hub_register_intent_attempt_check CHECK ((attempt >= 0))
);
ALTER TABLE public.hub_register_intent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_register_intent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_register_procedure (
    code character varying(40) NOT NULL,
    name character varying(500) NOT NULL,
    field character varying(200) NOT NULL,
    symbol character varying(40) NOT NULL,
    hours integer NOT NULL,
    fees jsonb NOT NULL,
    unit_id character varying(35) NOT NULL,
    CONSTRAINT hub_register_procedure_hours_check CHECK ((hours >= 0))
);
CREATE TABLE public.hub_register_task (
    id bigint NOT NULL,
    kind character varying(30) NOT NULL,
    subject character varying(120) NOT NULL,
    role character varying(10) NOT NULL,
    unit character varying(35) NOT NULL,
    detail jsonb NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    closed_by character varying(150) NOT NULL,
    dossier_id character varying(60)
);
ALTER TABLE public.hub_register_task ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_register_task_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_register_unit (
    code character varying(35) NOT NULL,
    name character varying(200) NOT NULL,
    kind character varying(20) NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    parent_id character varying(35)
);
CREATE TABLE public.hub_scheduler_run (
    id bigint NOT NULL,
    fire_at timestamp with time zone NOT NULL,
    job bigint NOT NULL,
    schedule_id character varying(60) NOT NULL
);
ALTER TABLE public.hub_scheduler_run ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_scheduler_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_scheduler_schedule (
    name character varying(60) NOT NULL,
    fired_at timestamp with time zone NOT NULL
);
CREATE TABLE public.hub_signing_batch (
    code character varying(20) NOT NULL,
    role character varying(10) NOT NULL,
    person character varying(150) NOT NULL,
    status character varying(10) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    token_id character varying(60) NOT NULL
);
CREATE TABLE public.hub_signing_number (
    id bigint NOT NULL,
    year smallint NOT NULL,
    register character varying(40) NOT NULL,
    value integer NOT NULL,
    issued_on date NOT NULL,
    dossier_id character varying(60) NOT NULL,
    unit_id character varying(35) NOT NULL,
    CONSTRAINT hub_signing_number_value_check CHECK ((value >= 0)),
    CONSTRAINT hub_signing_number_year_check CHECK ((year >= 0))
);
ALTER TABLE public.hub_signing_number ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_signing_number_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_signing_signer (
    id bigint NOT NULL,
    role character varying(10) NOT NULL,
    person character varying(150) NOT NULL,
    name character varying(200) NOT NULL,
    title character varying(200) NOT NULL,
    key character varying(64) NOT NULL,
    certificate_der bytea NOT NULL,
    chain_der jsonb NOT NULL,
    fingerprint character varying(64) NOT NULL,
    picture character varying(64) NOT NULL,
    diameter double precision NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    unit_id character varying(35) NOT NULL,
    token_id character varying(60) NOT NULL
);
ALTER TABLE public.hub_signing_signer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_signing_signer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_signing_signingitem (
    id bigint NOT NULL,
    role character varying(10) NOT NULL,
    document character varying(64) NOT NULL,
    status character varying(10) NOT NULL,
    sequence integer NOT NULL,
    signed character varying(64) NOT NULL,
    error character varying(60) NOT NULL,
    submitted_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    batch_id character varying(20),
    dossier_id character varying(60) NOT NULL,
    signer_id bigint NOT NULL,
    CONSTRAINT hub_signing_signingitem_sequence_check CHECK ((sequence >= 0))
);
ALTER TABLE public.hub_signing_signingitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_signing_signingitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_signing_token (
    label character varying(60) NOT NULL,
    module character varying(300) NOT NULL,
    pin_file character varying(300) NOT NULL,
    environment jsonb NOT NULL,
    stopped character varying(40) NOT NULL,
    retry boolean NOT NULL
);
CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);
CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;
CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;
CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);
CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;
CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE ONLY public.hub_register_fact ATTACH PARTITION public.hub_register_fact_2026_11 FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00');
ALTER TABLE ONLY public.hub_register_fact ATTACH PARTITION public.hub_register_fact_2026_12 FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');
ALTER TABLE ONLY public.hub_register_fact ATTACH PARTITION public.hub_register_fact_2027_01 FOR VALUES FROM ('2027-01-01 00:00:00+00') TO ('2027-02-01 00:00:00+00');
ALTER TABLE ONLY public.hub_register_fact ATTACH PARTITION public.hub_register_fact_2027_02 FOR VALUES FROM ('2027-02-01 00:00:00+00') TO ('2027-03-01 00:00:00+00');
ALTER TABLE ONLY public.hub_register_fact ATTACH PARTITION public.hub_register_fact_rest DEFAULT;
ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);
INSERT INTO public.auth_permission VALUES
	(1, 'Can add permission', 1, 'add_permission'),
	(2, 'Can change permission', 1, 'change_permission'),
	(3, 'Can delete permission', 1, 'delete_permission'),
	(4, 'Can view permission', 1, 'view_permission'),
	(5, 'Can add group', 2, 'add_group'),
	(6, 'Can change group', 2, 'change_group'),
	(7, 'Can delete group', 2, 'delete_group'),
	(8, 'Can view group', 2, 'view_group'),
	(9, 'Can add user', 3, 'add_user'),
	(10, 'Can change user', 3, 'change_user'),
	(11, 'Can delete user', 3, 'delete_user'),
	(12, 'Can view user', 3, 'view_user'),
	(13, 'Can add content type', 4, 'add_contenttype'),
	(14, 'Can change content type', 4, 'change_contenttype'),
	(15, 'Can delete content type', 4, 'delete_contenttype'),
	(16, 'Can view content type', 4, 'view_contenttype'),
	(17, 'Can add session', 5, 'add_session'),
	(18, 'Can change session', 5, 'change_session'),
	(19, 'Can delete session', 5, 'delete_session'),
	(20, 'Can view session', 5, 'view_session'),
	(21, 'Can add procrastinate event', 6, 'add_procrastinateevent'),
	(22, 'Can change procrastinate event', 6, 'change_procrastinateevent'),
	(23, 'Can delete procrastinate event', 6, 'delete_procrastinateevent'),
	(24, 'Can view procrastinate event', 6, 'view_procrastinateevent'),
	(25, 'Can add procrastinate job', 7, 'add_procrastinatejob'),
	(26, 'Can change procrastinate job', 7, 'change_procrastinatejob'),
	(27, 'Can delete procrastinate job', 7, 'delete_procrastinatejob'),
	(28, 'Can view procrastinate job', 7, 'view_procrastinatejob'),
	(29, 'Can add procrastinate periodic defer', 8, 'add_procrastinateperiodicdefer'),
	(30, 'Can change procrastinate periodic defer', 8, 'change_procrastinateperiodicdefer'),
	(31, 'Can delete procrastinate periodic defer', 8, 'delete_procrastinateperiodicdefer'),
	(32, 'Can view procrastinate periodic defer', 8, 'view_procrastinateperiodicdefer'),
	(33, 'Can add procrastinate worker', 9, 'add_procrastinateworker'),
	(34, 'Can change procrastinate worker', 9, 'change_procrastinateworker'),
	(35, 'Can delete procrastinate worker', 9, 'delete_procrastinateworker'),
	(36, 'Can view procrastinate worker', 9, 'view_procrastinateworker'),
	(37, 'Can add dossier', 10, 'add_dossier'),
	(38, 'Can change dossier', 10, 'change_dossier'),
	(39, 'Can delete dossier', 10, 'delete_dossier'),
	(40, 'Can view dossier', 10, 'view_dossier'),
	(41, 'Can add connector health', 11, 'add_connectorhealth'),
	(42, 'Can change connector health', 11, 'change_connectorhealth'),
	(43, 'Can delete connector health', 11, 'delete_connectorhealth'),
	(44, 'Can view connector health', 11, 'view_connectorhealth'),
	(45, 'Can add document', 12, 'add_document'),
	(46, 'Can change document', 12, 'change_document'),
	(47, 'Can delete document', 12, 'delete_document'),
	(48, 'Can view document', 12, 'view_document'),
	(49, 'Can add procedure', 13, 'add_procedure'),
	(50, 'Can change procedure', 13, 'change_procedure');
INSERT INTO public.auth_permission VALUES
	(51, 'Can delete procedure', 13, 'delete_procedure'),
	(52, 'Can view procedure', 13, 'view_procedure'),
	(53, 'Can add applicant', 14, 'add_applicant'),
	(54, 'Can change applicant', 14, 'change_applicant'),
	(55, 'Can delete applicant', 14, 'delete_applicant'),
	(56, 'Can view applicant', 14, 'view_applicant'),
	(57, 'Can add inbox', 15, 'add_inbox'),
	(58, 'Can change inbox', 15, 'change_inbox'),
	(59, 'Can delete inbox', 15, 'delete_inbox'),
	(60, 'Can view inbox', 15, 'view_inbox'),
	(61, 'Can add intent', 16, 'add_intent'),
	(62, 'Can change intent', 16, 'change_intent'),
	(63, 'Can delete intent', 16, 'delete_intent'),
	(64, 'Can view intent', 16, 'view_intent'),
	(65, 'Can add unit', 17, 'add_unit'),
	(66, 'Can change unit', 17, 'change_unit'),
	(67, 'Can delete unit', 17, 'delete_unit'),
	(68, 'Can view unit', 17, 'view_unit'),
	(69, 'Can add idempotency key', 18, 'add_idempotencykey'),
	(70, 'Can change idempotency key', 18, 'change_idempotencykey'),
	(71, 'Can delete idempotency key', 18, 'delete_idempotencykey'),
	(72, 'Can view idempotency key', 18, 'view_idempotencykey'),
	(73, 'Can add task', 19, 'add_task'),
	(74, 'Can change task', 19, 'change_task'),
	(75, 'Can delete task', 19, 'delete_task'),
	(76, 'Can view task', 19, 'view_task'),
	(77, 'Can add fact', 20, 'add_fact'),
	(78, 'Can change fact', 20, 'change_fact'),
	(79, 'Can delete fact', 20, 'delete_fact'),
	(80, 'Can view fact', 20, 'view_fact'),
	(81, 'Can add token', 21, 'add_token'),
	(82, 'Can change token', 21, 'change_token'),
	(83, 'Can delete token', 21, 'delete_token'),
	(84, 'Can view token', 21, 'view_token'),
	(85, 'Can add signer', 22, 'add_signer'),
	(86, 'Can change signer', 22, 'change_signer'),
	(87, 'Can delete signer', 22, 'delete_signer'),
	(88, 'Can view signer', 22, 'view_signer'),
	(89, 'Can add batch', 23, 'add_batch'),
	(90, 'Can change batch', 23, 'change_batch'),
	(91, 'Can delete batch', 23, 'delete_batch'),
	(92, 'Can view batch', 23, 'view_batch'),
	(93, 'Can add number', 24, 'add_number'),
	(94, 'Can change number', 24, 'change_number'),
	(95, 'Can delete number', 24, 'delete_number'),
	(96, 'Can view number', 24, 'view_number'),
	(97, 'Can add signing item', 25, 'add_signingitem'),
	(98, 'Can change signing item', 25, 'change_signingitem'),
	(99, 'Can delete signing item', 25, 'delete_signingitem'),
	(100, 'Can view signing item', 25, 'view_signingitem');
INSERT INTO public.auth_permission VALUES
	(101, 'Can add bank transaction', 26, 'add_banktransaction'),
	(102, 'Can change bank transaction', 26, 'change_banktransaction'),
	(103, 'Can delete bank transaction', 26, 'delete_banktransaction'),
	(104, 'Can view bank transaction', 26, 'view_banktransaction'),
	(105, 'Can add account', 27, 'add_account'),
	(106, 'Can change account', 27, 'change_account'),
	(107, 'Can delete account', 27, 'delete_account'),
	(108, 'Can view account', 27, 'view_account'),
	(109, 'Can add waiting', 28, 'add_waiting'),
	(110, 'Can change waiting', 28, 'change_waiting'),
	(111, 'Can delete waiting', 28, 'delete_waiting'),
	(112, 'Can view waiting', 28, 'view_waiting'),
	(113, 'Can add charge', 29, 'add_charge'),
	(114, 'Can change charge', 29, 'change_charge'),
	(115, 'Can delete charge', 29, 'delete_charge'),
	(116, 'Can view charge', 29, 'view_charge'),
	(117, 'Can add attempt', 30, 'add_attempt'),
	(118, 'Can change attempt', 30, 'change_attempt'),
	(119, 'Can delete attempt', 30, 'delete_attempt'),
	(120, 'Can view attempt', 30, 'view_attempt'),
	(121, 'Can add allocation', 31, 'add_allocation'),
	(122, 'Can change allocation', 31, 'change_allocation'),
	(123, 'Can delete allocation', 31, 'delete_allocation'),
	(124, 'Can view allocation', 31, 'view_allocation'),
	(125, 'Can add charge line', 32, 'add_chargeline'),
	(126, 'Can change charge line', 32, 'change_chargeline'),
	(127, 'Can delete charge line', 32, 'delete_chargeline'),
	(128, 'Can view charge line', 32, 'view_chargeline'),
	(129, 'Can add daily close', 33, 'add_dailyclose'),
	(130, 'Can change daily close', 33, 'change_dailyclose'),
	(131, 'Can delete daily close', 33, 'delete_dailyclose'),
	(132, 'Can view daily close', 33, 'view_dailyclose'),
	(133, 'Can add discrepancy', 34, 'add_discrepancy'),
	(134, 'Can change discrepancy', 34, 'change_discrepancy'),
	(135, 'Can delete discrepancy', 34, 'delete_discrepancy'),
	(136, 'Can view discrepancy', 34, 'view_discrepancy'),
	(137, 'Can add statement file', 35, 'add_statementfile'),
	(138, 'Can change statement file', 35, 'change_statementfile'),
	(139, 'Can delete statement file', 35, 'delete_statementfile'),
	(140, 'Can view statement file', 35, 'view_statementfile'),
	(141, 'Can add feed mark', 36, 'add_feedmark'),
	(142, 'Can change feed mark', 36, 'change_feedmark'),
	(143, 'Can delete feed mark', 36, 'delete_feedmark'),
	(144, 'Can view feed mark', 36, 'view_feedmark'),
	(145, 'Can add manifest count', 37, 'add_manifestcount'),
	(146, 'Can change manifest count', 37, 'change_manifestcount'),
	(147, 'Can delete manifest count', 37, 'delete_manifestcount'),
	(148, 'Can view manifest count', 37, 'view_manifestcount'),
	(149, 'Can add carrier event', 38, 'add_carrierevent'),
	(150, 'Can change carrier event', 38, 'change_carrierevent');
INSERT INTO public.auth_permission VALUES
	(151, 'Can delete carrier event', 38, 'delete_carrierevent'),
	(152, 'Can view carrier event', 38, 'view_carrierevent'),
	(153, 'Can add office', 39, 'add_office'),
	(154, 'Can change office', 39, 'change_office'),
	(155, 'Can delete office', 39, 'delete_office'),
	(156, 'Can view office', 39, 'view_office'),
	(157, 'Can add manifest', 40, 'add_manifest'),
	(158, 'Can change manifest', 40, 'change_manifest'),
	(159, 'Can delete manifest', 40, 'delete_manifest'),
	(160, 'Can view manifest', 40, 'view_manifest'),
	(161, 'Can add shipment', 41, 'add_shipment'),
	(162, 'Can change shipment', 41, 'change_shipment'),
	(163, 'Can delete shipment', 41, 'delete_shipment'),
	(164, 'Can view shipment', 41, 'view_shipment'),
	(165, 'Can add manifest line', 42, 'add_manifestline'),
	(166, 'Can change manifest line', 42, 'change_manifestline'),
	(167, 'Can delete manifest line', 42, 'delete_manifestline'),
	(168, 'Can view manifest line', 42, 'view_manifestline'),
	(169, 'Can add schedule', 43, 'add_schedule'),
	(170, 'Can change schedule', 43, 'change_schedule'),
	(171, 'Can delete schedule', 43, 'delete_schedule'),
	(172, 'Can view schedule', 43, 'view_schedule'),
	(173, 'Can add run', 44, 'add_run'),
	(174, 'Can change run', 44, 'change_run'),
	(175, 'Can delete run', 44, 'delete_run'),
	(176, 'Can view run', 44, 'view_run'),
	(177, 'Can add api client', 45, 'add_apiclient'),
	(178, 'Can change api client', 45, 'change_apiclient'),
	(179, 'Can delete api client', 45, 'delete_apiclient'),
	(180, 'Can view api client', 45, 'view_apiclient'),
	(181, 'Can add miss', 46, 'add_miss'),
	(182, 'Can change miss', 46, 'change_miss'),
	(183, 'Can delete miss', 46, 'delete_miss'),
	(184, 'Can view miss', 46, 'view_miss'),
	(185, 'Can add reading', 47, 'add_reading'),
	(186, 'Can change reading', 47, 'change_reading'),
	(187, 'Can delete reading', 47, 'delete_reading'),
	(188, 'Can view reading', 47, 'view_reading'),
	(189, 'Can add viewing', 48, 'add_viewing'),
	(190, 'Can change viewing', 48, 'change_viewing'),
	(191, 'Can delete viewing', 48, 'delete_viewing'),
	(192, 'Can view viewing', 48, 'view_viewing'),
	(193, 'Can add membership', 49, 'add_membership'),
	(194, 'Can change membership', 49, 'change_membership'),
	(195, 'Can delete membership', 49, 'delete_membership'),
	(196, 'Can view membership', 49, 'view_membership');
INSERT INTO public.django_content_type VALUES
	(1, 'auth', 'permission'),
	(2, 'auth', 'group'),
	(3, 'auth', 'user'),
	(4, 'contenttypes', 'contenttype'),
	(5, 'sessions', 'session'),
	(6, 'procrastinate', 'procrastinateevent'),
	(7, 'procrastinate', 'procrastinatejob'),
	(8, 'procrastinate', 'procrastinateperiodicdefer'),
	(9, 'procrastinate', 'procrastinateworker'),
	(10, 'hub_register', 'dossier'),
	(11, 'hub_register', 'connectorhealth'),
	(12, 'hub_register', 'document'),
	(13, 'hub_register', 'procedure'),
	(14, 'hub_register', 'applicant'),
	(15, 'hub_register', 'inbox'),
	(16, 'hub_register', 'intent'),
	(17, 'hub_register', 'unit'),
	(18, 'hub_register', 'idempotencykey'),
	(19, 'hub_register', 'task'),
	(20, 'hub_register', 'fact'),
	(21, 'hub_signing', 'token'),
	(22, 'hub_signing', 'signer'),
	(23, 'hub_signing', 'batch'),
	(24, 'hub_signing', 'number'),
	(25, 'hub_signing', 'signingitem'),
	(26, 'hub_payments', 'banktransaction'),
	(27, 'hub_payments', 'account'),
	(28, 'hub_payments', 'waiting'),
	(29, 'hub_payments', 'charge'),
	(30, 'hub_payments', 'attempt'),
	(31, 'hub_payments', 'allocation'),
	(32, 'hub_payments', 'chargeline'),
	(33, 'hub_payments', 'dailyclose'),
	(34, 'hub_payments', 'discrepancy'),
	(35, 'hub_payments', 'statementfile'),
	(36, 'hub_dispatch', 'feedmark'),
	(37, 'hub_dispatch', 'manifestcount'),
	(38, 'hub_dispatch', 'carrierevent'),
	(39, 'hub_dispatch', 'office'),
	(40, 'hub_dispatch', 'manifest'),
	(41, 'hub_dispatch', 'shipment'),
	(42, 'hub_dispatch', 'manifestline'),
	(43, 'hub_scheduler', 'schedule'),
	(44, 'hub_scheduler', 'run'),
	(45, 'hub_desk', 'apiclient'),
	(46, 'hub_desk', 'miss'),
	(47, 'hub_desk', 'reading'),
	(48, 'hub_desk', 'viewing'),
	(49, 'hub_desk', 'membership');
INSERT INTO public.django_migrations VALUES
	(1, 'contenttypes', '0001_initial', '2026-11-23 19:15:09.131057+00'),
	(2, 'contenttypes', '0002_remove_content_type_name', '2026-11-23 19:15:09.149562+00'),
	(3, 'auth', '0001_initial', '2026-11-23 19:15:09.244766+00'),
	(4, 'auth', '0002_alter_permission_name_max_length', '2026-11-23 19:15:09.260149+00'),
	(5, 'auth', '0003_alter_user_email_max_length', '2026-11-23 19:15:09.268895+00'),
	(6, 'auth', '0004_alter_user_username_opts', '2026-11-23 19:15:09.275815+00'),
	(7, 'auth', '0005_alter_user_last_login_null', '2026-11-23 19:15:09.283822+00'),
	(8, 'auth', '0006_require_contenttypes_0002', '2026-11-23 19:15:09.285063+00'),
	(9, 'auth', '0007_alter_validators_add_error_messages', '2026-11-23 19:15:09.291813+00'),
	(10, 'auth', '0008_alter_user_username_max_length', '2026-11-23 19:15:09.301905+00'),
	(11, 'auth', '0009_alter_user_last_name_max_length', '2026-11-23 19:15:09.312734+00'),
	(12, 'auth', '0010_alter_group_name_max_length', '2026-11-23 19:15:09.321814+00'),
	(13, 'auth', '0011_update_proxy_permissions', '2026-11-23 19:15:09.337714+00'),
	(14, 'auth', '0012_alter_user_first_name_max_length', '2026-11-23 19:15:09.356556+00'),
	(15, 'hub_register', '0001_initial', '2026-11-23 19:15:09.641128+00'),
	(16, 'hub_register', '0002_walls', '2026-11-23 19:15:09.695078+00'),
	(17, 'hub_desk', '0001_initial', '2026-11-23 19:15:09.849762+00'),
	(18, 'hub_dispatch', '0001_initial', '2026-11-23 19:15:10.339201+00'),
	(19, 'hub_dispatch', '0002_walls', '2026-11-23 19:15:10.342654+00'),
	(20, 'hub_payments', '0001_initial', '2026-11-23 19:15:10.934517+00'),
	(21, 'hub_payments', '0002_walls', '2026-11-23 19:15:10.942645+00'),
	(22, 'hub_scheduler', '0001_initial', '2026-11-23 19:15:10.958133+00'),
	(23, 'hub_signing', '0001_initial', '2026-11-23 19:15:11.219783+00'),
	(24, 'procrastinate', '0001_initial', '2026-11-23 19:15:11.238354+00'),
	(25, 'procrastinate', '0002_drop_started_at_column', '2026-11-23 19:15:11.24114+00'),
	(26, 'procrastinate', '0003_drop_started_at_column', '2026-11-23 19:15:11.243495+00'),
	(27, 'procrastinate', '0004_drop_procrastinate_version_table', '2026-11-23 19:15:11.24611+00'),
	(28, 'procrastinate', '0005_fix_procrastinate_fetch_job', '2026-11-23 19:15:11.248965+00'),
	(29, 'procrastinate', '0006_fix_trigger_status_events_insert', '2026-11-23 19:15:11.251107+00'),
	(30, 'procrastinate', '0007_add_queueing_lock_column', '2026-11-23 19:15:11.254146+00'),
	(31, 'procrastinate', '0008_close_fetch_job_race_condition', '2026-11-23 19:15:11.257475+00'),
	(32, 'procrastinate', '0009_add_defer_job_function', '2026-11-23 19:15:11.259724+00'),
	(33, 'procrastinate', '0010_add_procrastinate_periodic_defers', '2026-11-23 19:15:11.264955+00'),
	(34, 'procrastinate', '0011_add_foreign_key_index', '2026-11-23 19:15:11.267064+00'),
	(35, 'procrastinate', '0012_add_locks_to_periodic_defer', '2026-11-23 19:15:11.269848+00'),
	(36, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', '2026-11-23 19:15:11.271681+00'),
	(37, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', '2026-11-23 19:15:11.273191+00'),
	(38, 'procrastinate', '0015_add_trigger_on_job_deletion', '2026-11-23 19:15:11.274531+00'),
	(39, 'procrastinate', '0016_delete_finished_jobs', '2026-11-23 19:15:11.275659+00'),
	(40, 'procrastinate', '0017_add_checks_to_finish_job', '2026-11-23 19:15:11.276752+00'),
	(41, 'procrastinate', '0018_add_checks_to_retry_job', '2026-11-23 19:15:11.277919+00'),
	(42, 'procrastinate', '0019_fix_finish_job_compat_issue', '2026-11-23 19:15:11.279073+00'),
	(43, 'procrastinate', '0020_add_index_on_procrastinate_jobs', '2026-11-23 19:15:11.281076+00'),
	(44, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', '2026-11-23 19:15:11.283796+00'),
	(45, 'procrastinate', '0022_null_locks_excluded', '2026-11-23 19:15:11.289678+00'),
	(46, 'procrastinate', '0023_remove_old_finish_job_function', '2026-11-23 19:15:11.291583+00'),
	(47, 'procrastinate', '0024_job_id_bigint', '2026-11-23 19:15:11.305746+00'),
	(48, 'procrastinate', '0025_add_models', '2026-11-23 19:15:11.311824+00'),
	(49, 'procrastinate', '0026_add_job_priority', '2026-11-23 19:15:11.325568+00'),
	(50, 'procrastinate', '0027_add_periodic_job_priority', '2026-11-23 19:15:11.333323+00');
INSERT INTO public.django_migrations VALUES
	(51, 'procrastinate', '0028_add_cancel_states', '2026-11-23 19:15:11.346719+00'),
	(52, 'procrastinate', '0029_add_additional_params_to_retry_job', '2026-11-23 19:15:11.354825+00'),
	(53, 'procrastinate', '0030_alter_procrastinateevent_options', '2026-11-23 19:15:11.357766+00'),
	(54, 'procrastinate', '0031_add_indexes_for_fetch_job', '2026-11-23 19:15:11.363123+00'),
	(55, 'procrastinate', '0032_pre_cancel_notification', '2026-11-23 19:15:11.378243+00'),
	(56, 'procrastinate', '0033_post_cancel_notification', '2026-11-23 19:15:11.405944+00'),
	(57, 'procrastinate', '0034_pre_add_heartbeat', '2026-11-23 19:15:11.415246+00'),
	(58, 'procrastinate', '0035_post_add_heartbeat', '2026-11-23 19:15:11.422934+00'),
	(59, 'procrastinate', '0036_add_worker_model', '2026-11-23 19:15:11.432527+00'),
	(60, 'procrastinate', '0037_pre_batch_defer_jobs', '2026-11-23 19:15:11.440066+00'),
	(61, 'procrastinate', '0038_post_batch_defer_jobs', '2026-11-23 19:15:11.442935+00'),
	(62, 'procrastinate', '0039_pre_priority_lock_fetch_job', '2026-11-23 19:15:11.445617+00'),
	(63, 'procrastinate', '0040_pre_retry_failed_job', '2026-11-23 19:15:11.450764+00'),
	(64, 'procrastinate', '0041_post_retry_failed_job', '2026-11-23 19:15:11.454864+00'),
	(65, 'sessions', '0001_initial', '2026-11-23 19:15:11.4714+00');
INSERT INTO public.hub_dispatch_carrierevent VALUES
	(1, 'vnpost', 'H49.61-261123-0016-D-1:delivered:0', 'H49.61-261123-0016-D-1', 'c-delivered', 'theo bưu điện', 'delivered', '2026-11-23 03:00:00+00', 'EB584120012VN', '', '2026-11-23 19:15:15.800381+00'),
	(2, 'vnpost', 'H49.61-261123-0017-D-1:returned:0', 'H49.61-261123-0017-D-1', 'c-returned', 'theo bưu điện', 'returned', '2026-11-23 03:00:00+00', 'EB584120012VN', '', '2026-11-23 19:15:15.814328+00');
INSERT INTO public.hub_dispatch_feedmark VALUES
	('vnpost', 'returned', '2026-11-23 19:15:15.826402+00');
INSERT INTO public.hub_dispatch_manifest VALUES
	('BK-261123-01', 'vnpost', '2026-11-23', 1, 'received', 3, 300, 0, '[]', 'c045b7f71cd68b234108f12a320e42c7e1cb5a54baefb3b07ee0aea01202cfe0', 'f908f59bf0cece4f870bf6a63b9d02c9de2798d857a64def94c4ee6104d7d2b6', 'f4399ad0125edeec9382be2540adf5d3fdcebb0b0052d0e352fd6e1c1f9cdadf', '850f020e0f10e31420af4fd32b2b1e1aa0c3f2f15402a674d9aa29c6d9ea7938', '2026-11-23 19:15:15.643642+00', 'tai', '2026-11-23 19:15:15.794491+00', 'minh', 'HLG'),
	('BK-261123-02', 'vnpost', '2026-11-23', 2, 'closed', 1, 100, 0, '[]', '3132cd3f03f881a409ac4003d90e8dc037e3e7c245981d1978d81781df19aa65', 'f7998a789b53c70f298ae81c3f11bd6d3b87730d8cc588cdc76e331c396990c7', '3b376fd150df3d21ef9b91f0a7a601657b07fe438b05bb57ffd4c405a04db9df', '46bc5e927e169b7951860e6d1599425e10dc683f4626568c441bea09c1c1dfc1', '2026-11-23 19:15:15.991773+00', 'tai', NULL, '', 'HLG');
INSERT INTO public.hub_dispatch_manifestcount VALUES
	('2026-11-23', 2);
INSERT INTO public.hub_dispatch_manifestline VALUES
	(1, 1, 'EB584120159VN', '2026-11-23 19:15:15.782265+00', '', 'BK-261123-01', 'H49.61-261123-0015-D-1'),
	(2, 2, 'EB584120162VN', '2026-11-23 19:15:15.787642+00', '', 'BK-261123-01', 'H49.61-261123-0016-D-1'),
	(3, 3, 'EB584120176VN', '2026-11-23 19:15:15.792648+00', '', 'BK-261123-01', 'H49.61-261123-0017-D-1'),
	(4, 1, 'EB584120180VN', NULL, '', 'BK-261123-02', 'H49.61-261123-0018-D-1');
INSERT INTO public.hub_dispatch_office VALUES
	('HLG', 'Bưu cục Hạ Long', 'vnpost', 'Phường Hồng Gai', '["10:00", "16:00"]', 'H49.61');
INSERT INTO public.hub_dispatch_shipment VALUES
	('H49.61-261123-0015-D-1', 'D', 1, 'vnpost', 'handed_over', 'EB584120159VN', '2026-11-23 19:15:15.349601+00', '2026-11-23 19:15:15.782265+00', 'H49.61-261123-0015', 'HLG'),
	('H49.61-261123-0016-D-1', 'D', 1, 'vnpost', 'delivered', 'EB584120012VN', '2026-11-23 19:15:15.50067+00', '2026-11-23 19:15:15.806915+00', 'H49.61-261123-0016', 'HLG'),
	('H49.61-261123-0017-D-1', 'D', 1, 'vnpost', 'returned', 'EB584120012VN', '2026-11-23 19:15:15.629988+00', '2026-11-23 19:15:15.822652+00', 'H49.61-261123-0017', 'HLG'),
	('H49.61-261123-0018-D-1', 'D', 1, 'vnpost', 'listed', 'EB584120180VN', '2026-11-23 19:15:15.977119+00', '2026-11-23 19:15:16.000928+00', 'H49.61-261123-0018', 'HLG'),
	('H49.61-261123-0020-D-1', 'D', 1, 'vnpost', 'booked', 'EB584120202VN', '2026-11-23 19:15:16.3894+00', '2026-11-23 19:15:16.39436+00', 'H49.61-261123-0020', 'HLG'),
	('H49.61-261123-0022-D-1', 'D', 1, 'vnpost', 'none', '', '2026-11-23 19:15:16.661553+00', '2026-11-23 19:15:16.661558+00', 'H49.61-261123-0022', 'HLG'),
	('H49.61-261123-0023-D-1', 'D', 1, 'vnpost', 'none', '', '2026-11-23 19:15:16.835115+00', '2026-11-23 19:15:16.835118+00', 'H49.61-261123-0023', 'HLG'),
	('H49.61-261123-0024-D-1', 'D', 1, 'vnpost', 'refused', '', '2026-11-23 19:15:17.003558+00', '2026-11-23 19:15:17.012578+00', 'H49.61-261123-0024', 'HLG');
INSERT INTO public.hub_payments_account VALUES
	(1, '1017595600', 'soap', '970436', 'Sở Xây dựng', 'H49.12');
INSERT INTO public.hub_payments_allocation VALUES
	(1, 1, 1, 75000, 'reference', 'exact', true, 'QN0000001326', '2026-11/1', 'hub', '2026-11-23 19:15:15.191555+00', NULL, NULL, 1, 13),
	(2, 1, 1, 75000, 'reference', 'exact', true, 'QN0000001496', '2026-11/1', 'hub', '2026-11-23 19:15:15.307846+00', NULL, NULL, 2, 14),
	(3, 1, 1, 75000, 'reference', 'exact', true, 'QN0000001569', '2026-11/1', 'hub', '2026-11-23 19:15:15.468246+00', NULL, NULL, 3, 15),
	(4, 1, 1, 75000, 'reference', 'exact', true, 'QN0000001642', '2026-11/1', 'hub', '2026-11-23 19:15:15.599504+00', NULL, NULL, 4, 16),
	(5, 1, 1, 75000, 'reference', 'exact', true, 'QN0000001715', '2026-11/1', 'hub', '2026-11-23 19:15:15.941376+00', NULL, NULL, 5, 17),
	(6, 1, 1, 75000, 'reference', 'exact', true, 'QN0000001885', '2026-11/1', 'hub', '2026-11-23 19:15:16.225049+00', NULL, NULL, 6, 18),
	(7, 1, 1, 75000, 'reference', 'exact', true, 'QN0000001958', '2026-11/1', 'hub', '2026-11-23 19:15:16.359995+00', NULL, NULL, 7, 19),
	(8, 1, 1, 75000, 'reference', 'exact', true, 'QN0000002031', '2026-11/1', 'hub', '2026-11-23 19:15:16.483102+00', NULL, NULL, 8, 20),
	(9, 1, 1, 75000, 'reference', 'exact', true, 'QN0000002104', '2026-11/1', 'hub', '2026-11-23 19:15:16.607574+00', NULL, NULL, 9, 21),
	(10, 1, 1, 75000, 'reference', 'exact', true, 'QN0000002274', '2026-11/1', 'hub', '2026-11-23 19:15:16.803423+00', NULL, NULL, 10, 22),
	(11, 1, 1, 75000, 'reference', 'exact', true, 'QN0000002347', '2026-11/1', 'hub', '2026-11-23 19:15:16.96639+00', NULL, NULL, 11, 23),
	(12, 1, 1, 75000, 'reference', 'exact', true, 'QN0000002420', '2026-11/1', 'hub', '2026-11-23 19:15:17.148053+00', NULL, NULL, 12, 24);
INSERT INTO public.hub_payments_attempt VALUES
	(1, 'platform', 'QN0000001010T01', '2026-11-23 19:15:14+00', 75000, 'asked', 'https://pay.example/1', '', false, NULL, 1, '2026-11-23 19:15:34.984774+00', 10);
INSERT INTO public.hub_payments_banktransaction VALUES
	(1, 'FT0014', 1, '2026-11-23', '2026-11-23', 75000, false, '', '', 'nop phi QN0000001326', 'NOP PHI QN0000001326', '', '{QN0000001326}', 1, 1),
	(2, 'FT0015', 1, '2026-11-23', '2026-11-23', 75000, false, '', '', 'nop phi QN0000001496', 'NOP PHI QN0000001496', '', '{QN0000001496}', 1, 2),
	(3, 'FT0016', 1, '2026-11-23', '2026-11-23', 75000, false, '', '', 'nop phi QN0000001569', 'NOP PHI QN0000001569', '', '{QN0000001569}', 1, 3),
	(4, 'FT0017', 1, '2026-11-23', '2026-11-23', 75000, false, '', '', 'nop phi QN0000001642', 'NOP PHI QN0000001642', '', '{QN0000001642}', 1, 4),
	(5, 'FT0018', 1, '2026-11-23', '2026-11-23', 75000, false, '', '', 'nop phi QN0000001715', 'NOP PHI QN0000001715', '', '{QN0000001715}', 1, 5),
	(6, 'FT0019', 1, '2026-11-23', '2026-11-23', 75000, false, '', '', 'nop phi QN0000001885', 'NOP PHI QN0000001885', '', '{QN0000001885}', 1, 6),
	(7, 'FT0020', 1, '2026-11-23', '2026-11-23', 75000, false, '', '', 'nop phi QN0000001958', 'NOP PHI QN0000001958', '', '{QN0000001958}', 1, 7),
	(8, 'FT0021', 1, '2026-11-23', '2026-11-23', 75000, false, '', '', 'nop phi QN0000002031', 'NOP PHI QN0000002031', '', '{QN0000002031}', 1, 8),
	(9, 'FT0022', 1, '2026-11-23', '2026-11-23', 75000, false, '', '', 'nop phi QN0000002104', 'NOP PHI QN0000002104', '', '{QN0000002104}', 1, 9),
	(10, 'FT0023', 1, '2026-11-23', '2026-11-23', 75000, false, '', '', 'nop phi QN0000002274', 'NOP PHI QN0000002274', '', '{QN0000002274}', 1, 10),
	(11, 'FT0024', 1, '2026-11-23', '2026-11-23', 75000, false, '', '', 'nop phi QN0000002347', 'NOP PHI QN0000002347', '', '{QN0000002347}', 1, 11),
	(12, 'FT0025', 1, '2026-11-23', '2026-11-23', 75000, false, '', '', 'nop phi QN0000002420', 'NOP PHI QN0000002420', '', '{QN0000002420}', 1, 12),
	(13, 'FT0026', 1, '2026-11-23', '2026-11-23', 75000, false, '', '', 'nop phi QN0000002590', 'NOP PHI QN0000002590', '', '{QN0000002590}', 1, 13);
INSERT INTO public.hub_payments_charge VALUES
	(1, 'QN0000000159', 75000, 'transfer', NULL, '2026-11-23 19:15:13.85668+00', 1, 'H49.61-261123-0001'),
	(2, 'QN0000000232', 75000, 'platform', NULL, '2026-11-23 19:15:14.356978+00', 1, 'H49.61-261123-0003'),
	(3, 'QN0000000305', 75000, 'transfer', NULL, '2026-11-23 19:15:14.396731+00', 1, 'H49.61-261123-0004'),
	(4, 'QN0000000475', 75000, 'transfer', NULL, '2026-11-23 19:15:14.439336+00', 1, 'H49.61-261123-0005'),
	(5, 'QN0000000548', 75000, 'transfer', NULL, '2026-11-23 19:15:14.502881+00', 1, 'H49.61-261123-0006'),
	(6, 'QN0000000621', 75000, 'transfer', NULL, '2026-11-23 19:15:14.574544+00', 1, 'H49.61-261123-0007'),
	(7, 'QN0000000791', 75000, 'transfer', NULL, '2026-11-23 19:15:14.649841+00', 1, 'H49.61-261123-0008'),
	(8, 'QN0000000864', 75000, 'transfer', NULL, '2026-11-23 19:15:14.745496+00', 1, 'H49.61-261123-0009'),
	(9, 'QN0000000937', 75000, 'transfer', NULL, '2026-11-23 19:15:14.854568+00', 1, 'H49.61-261123-0010'),
	(10, 'QN0000001010', 75000, 'platform', NULL, '2026-11-23 19:15:14.94798+00', 1, 'H49.61-261123-0011'),
	(11, 'QN0000001180', 75000, 'transfer', NULL, '2026-11-23 19:15:15.016316+00', 1, 'H49.61-261123-0012'),
	(12, 'QN0000001253', 75000, 'transfer', NULL, '2026-11-23 19:15:15.085247+00', 1, 'H49.61-261123-0013'),
	(13, 'QN0000001326', 75000, 'transfer', NULL, '2026-11-23 19:15:15.114099+00', 1, 'H49.61-261123-0014'),
	(14, 'QN0000001496', 75000, 'transfer', NULL, '2026-11-23 19:15:15.2309+00', 1, 'H49.61-261123-0015'),
	(15, 'QN0000001569', 75000, 'transfer', NULL, '2026-11-23 19:15:15.381628+00', 1, 'H49.61-261123-0016'),
	(16, 'QN0000001642', 75000, 'transfer', NULL, '2026-11-23 19:15:15.530182+00', 1, 'H49.61-261123-0017'),
	(17, 'QN0000001715', 75000, 'transfer', NULL, '2026-11-23 19:15:15.847639+00', 1, 'H49.61-261123-0018'),
	(18, 'QN0000001885', 75000, 'transfer', NULL, '2026-11-23 19:15:16.134937+00', 1, 'H49.61-261123-0019'),
	(19, 'QN0000001958', 75000, 'transfer', NULL, '2026-11-23 19:15:16.277704+00', 1, 'H49.61-261123-0020'),
	(20, 'QN0000002031', 75000, 'transfer', NULL, '2026-11-23 19:15:16.413432+00', 1, 'H49.61-261123-0021'),
	(21, 'QN0000002104', 75000, 'transfer', NULL, '2026-11-23 19:15:16.526266+00', 1, 'H49.61-261123-0022'),
	(22, 'QN0000002274', 75000, 'transfer', NULL, '2026-11-23 19:15:16.698628+00', 1, 'H49.61-261123-0023'),
	(23, 'QN0000002347', 75000, 'transfer', NULL, '2026-11-23 19:15:16.861953+00', 1, 'H49.61-261123-0024'),
	(24, 'QN0000002420', 75000, 'transfer', NULL, '2026-11-23 19:15:17.042395+00', 1, 'H49.61-261123-0025'),
	(25, 'QN0000002590', 75000, 'transfer', NULL, '2026-11-23 19:15:17.220336+00', 1, 'H49.61-261123-0026');
INSERT INTO public.hub_payments_chargeline VALUES
	(1, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 1),
	(2, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 2),
	(3, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 3),
	(4, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 4),
	(5, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 5),
	(6, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 6),
	(7, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 7),
	(8, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 8),
	(9, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 9),
	(10, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 10),
	(11, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 11),
	(12, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 12),
	(13, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 13),
	(14, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 14),
	(15, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 15),
	(16, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 16),
	(17, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 17),
	(18, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 18),
	(19, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 19),
	(20, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 20),
	(21, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 21),
	(22, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 22),
	(23, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 23),
	(24, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 24),
	(25, 'le_phi', 'LP01', 'Lệ phí cấp giấy phép', 75000, 25);
INSERT INTO public.hub_payments_statementfile VALUES
	(1, 'ac6cba3fca6b250cca45350258abc3fb54ad613efdca08510c3895cc99a84a67', 'camt.053.001.08', 1, 0, 75000, '2026-11-23', 'test', '2026-11-23 19:15:15.175228+00', 1),
	(2, 'c140ae0887b5c491d2428d97353d30276c45e15eea06f3395b951f100df905f7', 'camt.053.001.08', 1, 0, 75000, '2026-11-23', 'test', '2026-11-23 19:15:15.293206+00', 1),
	(3, '235be1a6cc8542ee99bb2acafb09945c58cfa57698e202c0f96cc49da35cb4d4', 'camt.053.001.08', 1, 0, 75000, '2026-11-23', 'test', '2026-11-23 19:15:15.455654+00', 1),
	(4, 'd4b2598404e502c5fafd31dea01ef6249210bdf682289aa10206c256f950fba2', 'camt.053.001.08', 1, 0, 75000, '2026-11-23', 'test', '2026-11-23 19:15:15.587132+00', 1),
	(5, '432ef95e8674e9de3c812f29465ad4b14656b06b3402ad73b3210d2414728b77', 'camt.053.001.08', 1, 0, 75000, '2026-11-23', 'test', '2026-11-23 19:15:15.926145+00', 1),
	(6, 'e6484c2b13a6c39f5bd5b7e65cfbf3f6be7eb56775623e045ef5b1b25a07852d', 'camt.053.001.08', 1, 0, 75000, '2026-11-23', 'test', '2026-11-23 19:15:16.210521+00', 1),
	(7, '80134aece0278f6f532799daf0e96bc60bd2af0669df964040f306bf5a0cfa53', 'camt.053.001.08', 1, 0, 75000, '2026-11-23', 'test', '2026-11-23 19:15:16.346087+00', 1),
	(8, 'ddf2442e63388e678736cb5e4f621c174e326a4ccf7edbd5e1826a75cd7ccc3d', 'camt.053.001.08', 1, 0, 75000, '2026-11-23', 'test', '2026-11-23 19:15:16.470871+00', 1),
	(9, '73bfac07a17660a3c1c0e13df5fa72ec32c9c6b0d0834d191e3849e629445125', 'camt.053.001.08', 1, 0, 75000, '2026-11-23', 'test', '2026-11-23 19:15:16.585933+00', 1),
	(10, 'd78489208b2e66f043fb38365ce2ac77c9666a18ccd0af6f58fe4e2c630d9401', 'camt.053.001.08', 1, 0, 75000, '2026-11-23', 'test', '2026-11-23 19:15:16.790351+00', 1),
	(11, '8b93b3c9c306d8c15c3bcfac4f771c800580df3f61d5b8aa65d437a47d3f5db6', 'camt.053.001.08', 1, 0, 75000, '2026-11-23', 'test', '2026-11-23 19:15:16.949597+00', 1),
	(12, '26182589920fd8b61baa62c9f8d7d74779a42587ffb3965a9511b4bfaee4afbb', 'camt.053.001.08', 1, 0, 75000, '2026-11-23', 'test', '2026-11-23 19:15:17.11113+00', 1),
	(13, '44bb257937697a9225d789253520f2d6e9f979eea25baa3c574ca294855baa5e', 'camt.053.001.08', 1, 0, 75000, '2026-11-23', 'test', '2026-11-23 19:15:17.30392+00', 1);
INSERT INTO public.hub_payments_waiting VALUES
	(13);
INSERT INTO public.hub_register_applicant VALUES
	('H49.61-261123-0001', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0002', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0003', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0004', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0005', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0006', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0007', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0008', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0009', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0010', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0011', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0012', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0013', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0014', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0015', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0016', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0017', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0018', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0019', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0020', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0021', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0022', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0023', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0024', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0025', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685'),
	('H49.61-261123-0026', 'Nguyễn Văn An', '0912345678', '099123456789', '12 Trần Phú', '06685');
INSERT INTO public.hub_register_document VALUES
	('af4a45b7f9871d88b81a58dacd2bf661369c89e79e6033a00cf57758b1e006ee', 2340, 'image/png', '2026-11-23 19:15:13.757104+00'),
	('53b9fec513a5901c39c5e4bfc875b106d6efce827928df94a8e7b8f0dd15e28a', 3526, 'image/png', '2026-11-23 19:15:13.775367+00'),
	('ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058', 12576, 'application/pdf', '2026-11-23 19:15:13.832746+00'),
	('771e84ec0a5844d2083620b313a32d6b3172bb3f729e968997bdbe169815e302', 13925, 'application/pdf', '2026-11-23 19:15:13.893214+00'),
	('6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', 42514, 'application/pdf', '2026-11-23 19:15:14.071527+00'),
	('015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', 86639, 'application/pdf', '2026-11-23 19:15:14.279472+00'),
	('d5a7163a50b82ef5bc588519aa4e8a597a22f4796e4cd1be9fd3ac4a5620d8ae', 13925, 'application/pdf', '2026-11-23 19:15:14.463563+00'),
	('84ae763a60241d19034b09bf1bbf1f11e05042f1b082261714a8d3630c54e538', 13925, 'application/pdf', '2026-11-23 19:15:14.526502+00'),
	('9db1a1b78629a9fd1cdb07faa5b8756a9dd8517a2a92ddeb975d3b9d769b7b52', 13925, 'application/pdf', '2026-11-23 19:15:14.596017+00'),
	('0b81bc2c25f4fa73cba04ca929700e4b6abbbdadb10fe494d572b0e51814efdb', 13925, 'application/pdf', '2026-11-23 19:15:14.674957+00'),
	('c05fd16d55364e606a80cde9c4a2ff53e15679b28a6bbd3a48d2b7e0adfe80b8', 13925, 'application/pdf', '2026-11-23 19:15:14.769622+00'),
	('5748926403c24f7261f86c56f6138d9783a8ec1faca6b99afb3d98f044d83ba4', 13925, 'application/pdf', '2026-11-23 19:15:14.880042+00'),
	('cb09ee4c594774fc528a2dd5e267be2d3bc3f41772bf81f3121977c52121a00c', 13925, 'application/pdf', '2026-11-23 19:15:15.036707+00'),
	('69a84c20132a3f1e477a7ed2a2c00da6e31b6bd69b81be3f620d566b2a44a89f', 13925, 'application/pdf', '2026-11-23 19:15:15.134296+00'),
	('ac6cba3fca6b250cca45350258abc3fb54ad613efdca08510c3895cc99a84a67', 890, 'application/xml', '2026-11-23 19:15:15.172048+00'),
	('139f71f3b50b9fddb5a6b5d96c140827fe0e98b7939e1ad3488ac1d195c2faf3', 13925, 'application/pdf', '2026-11-23 19:15:15.247488+00'),
	('c140ae0887b5c491d2428d97353d30276c45e15eea06f3395b951f100df905f7', 890, 'application/xml', '2026-11-23 19:15:15.290177+00'),
	('b95548020efddb99b5c4d9d95ca70261a83321194d38bcad322ceb8adfb8f884', 13925, 'application/pdf', '2026-11-23 19:15:15.401223+00'),
	('235be1a6cc8542ee99bb2acafb09945c58cfa57698e202c0f96cc49da35cb4d4', 890, 'application/xml', '2026-11-23 19:15:15.451732+00'),
	('09d6e2ba9499b58d8c3d97f128d194005afcc89514f37a400fa4566295708542', 13925, 'application/pdf', '2026-11-23 19:15:15.546221+00'),
	('d4b2598404e502c5fafd31dea01ef6249210bdf682289aa10206c256f950fba2', 890, 'application/xml', '2026-11-23 19:15:15.584859+00'),
	('c045b7f71cd68b234108f12a320e42c7e1cb5a54baefb3b07ee0aea01202cfe0', 34903, 'application/pdf', '2026-11-23 19:15:15.759461+00'),
	('f908f59bf0cece4f870bf6a63b9d02c9de2798d857a64def94c4ee6104d7d2b6', 6164, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', '2026-11-23 19:15:15.765163+00'),
	('f4399ad0125edeec9382be2540adf5d3fdcebb0b0052d0e352fd6e1c1f9cdadf', 400, 'text/csv', '2026-11-23 19:15:15.767915+00'),
	('850f020e0f10e31420af4fd32b2b1e1aa0c3f2f15402a674d9aa29c6d9ea7938', 666, 'application/json', '2026-11-23 19:15:15.770649+00'),
	('1a3cf8683029497d08e255f1043675472dc99e1b9440eb2f08d163f4d9f54466', 13925, 'application/pdf', '2026-11-23 19:15:15.86682+00'),
	('432ef95e8674e9de3c812f29465ad4b14656b06b3402ad73b3210d2414728b77', 890, 'application/xml', '2026-11-23 19:15:15.922977+00'),
	('3132cd3f03f881a409ac4003d90e8dc037e3e7c245981d1978d81781df19aa65', 34565, 'application/pdf', '2026-11-23 19:15:16.094467+00'),
	('f7998a789b53c70f298ae81c3f11bd6d3b87730d8cc588cdc76e331c396990c7', 6071, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', '2026-11-23 19:15:16.101134+00'),
	('3b376fd150df3d21ef9b91f0a7a601657b07fe438b05bb57ffd4c405a04db9df', 216, 'text/csv', '2026-11-23 19:15:16.10505+00'),
	('46bc5e927e169b7951860e6d1599425e10dc683f4626568c441bea09c1c1dfc1', 480, 'application/json', '2026-11-23 19:15:16.108301+00'),
	('d955fe2bcd796b590014fedfb47edfda90fcca71620082f31704ed667ab364d4', 13925, 'application/pdf', '2026-11-23 19:15:16.153548+00'),
	('e6484c2b13a6c39f5bd5b7e65cfbf3f6be7eb56775623e045ef5b1b25a07852d', 890, 'application/xml', '2026-11-23 19:15:16.206884+00'),
	('b29f2b0008e5690a71b041fe7056436e27c9fd64d0f0533d1f88d00526464013', 13925, 'application/pdf', '2026-11-23 19:15:16.297429+00'),
	('80134aece0278f6f532799daf0e96bc60bd2af0669df964040f306bf5a0cfa53', 890, 'application/xml', '2026-11-23 19:15:16.343964+00'),
	('0a59c0b7e0fabe9e3c9b5fb831d66ae7ab9c2f674904a8269184473dbdf2f3f0', 13925, 'application/pdf', '2026-11-23 19:15:16.428886+00'),
	('ddf2442e63388e678736cb5e4f621c174e326a4ccf7edbd5e1826a75cd7ccc3d', 890, 'application/xml', '2026-11-23 19:15:16.469036+00'),
	('b829386f16e339fb661e98cfb08aded0983309d28c25f508d1b00d135a5bed1b', 13925, 'application/pdf', '2026-11-23 19:15:16.543181+00'),
	('73bfac07a17660a3c1c0e13df5fa72ec32c9c6b0d0834d191e3849e629445125', 890, 'application/xml', '2026-11-23 19:15:16.583826+00'),
	('da05f3487ca657d2d3c9dc7d4fadbb04ed92a687e26ceb50746b7760889c8e32', 13925, 'application/pdf', '2026-11-23 19:15:16.719769+00'),
	('d78489208b2e66f043fb38365ce2ac77c9666a18ccd0af6f58fe4e2c630d9401', 890, 'application/xml', '2026-11-23 19:15:16.787829+00'),
	('320baa743550715797dc34a2f08749af7fe95ddda785da9e48f630f936cd32f0', 13925, 'application/pdf', '2026-11-23 19:15:16.887339+00'),
	('8b93b3c9c306d8c15c3bcfac4f771c800580df3f61d5b8aa65d437a47d3f5db6', 890, 'application/xml', '2026-11-23 19:15:16.944623+00'),
	('c3a52ac9befd1e97b88d37a8b72ffaa7a55e416f67f7492a7af37220dfedce8a', 13925, 'application/pdf', '2026-11-23 19:15:17.06391+00'),
	('26182589920fd8b61baa62c9f8d7d74779a42587ffb3965a9511b4bfaee4afbb', 890, 'application/xml', '2026-11-23 19:15:17.105422+00'),
	('45a111946947a71844ac2c5506bd5a5d62fbd48d32101c754defba1654791a07', 13925, 'application/pdf', '2026-11-23 19:15:17.240724+00'),
	('44bb257937697a9225d789253520f2d6e9f979eea25baa3c574ca294855baa5e', 890, 'application/xml', '2026-11-23 19:15:17.300569+00');
INSERT INTO public.hub_register_dossier VALUES
	('H49.61-261123-0001', '5bf04bcf39', '2026-11-23 19:15:13.834321+00', '2026-11-24 10:00:00+00', 'sealed', 'due', 'none', 'none', 'verify', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '', 75000, 0, NULL, NULL, NULL, '{"due": 75000, "paid": 0, "unit": "H49.12", "asked": "", "clerk": "lan", "money": "due", "centre": "H49.61", "charge": "QN0000000159", "number": "01/GPXD", "parcel": "", "by_post": true, "carrier": "", "channel": "transfer", "bookings": 0, "business": "sealed", "delivery": "none", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "evidence": [], "manifest": "", "official": "hung", "tracking": "", "verified": "", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 6, 'd8715ea29a98bc5a70fd59bebbf05dfb6d0590e41dc9969ca06cffe413a8a4c6', '2026-11-23 19:15:14.285676+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0002', 'c42e9a1364', '2026-11-23 19:15:14.312881+00', '2026-11-24 10:00:00+00', 'received', 'none', 'none', 'none', 'charge', 'ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058', '', 0, 0, NULL, NULL, NULL, '{"due": 0, "paid": 0, "unit": "H49.12", "asked": "", "clerk": "", "money": "none", "centre": "H49.61", "charge": "", "number": "", "parcel": "", "by_post": true, "carrier": "", "channel": "", "bookings": 0, "business": "received", "delivery": "none", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "evidence": [], "manifest": "", "official": "", "tracking": "", "verified": "", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 1, '6b4e4e2f5e4596221f1ff4eda0aaacefeca349fc18f56c1cbffcc2be620eedbd', '2026-11-23 19:15:14.320342+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0003', 'f55e6489cd', '2026-11-23 19:15:14.337027+00', '2026-11-24 10:00:00+00', 'received', 'due', 'none', 'none', 'ask_payment', 'ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058', '', 75000, 0, NULL, NULL, NULL, '{"due": 75000, "paid": 0, "unit": "H49.12", "asked": "", "clerk": "", "money": "due", "centre": "H49.61", "charge": "QN0000000232", "number": "", "parcel": "", "by_post": true, "carrier": "", "channel": "platform", "bookings": 0, "business": "received", "delivery": "none", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "evidence": [], "manifest": "", "official": "", "tracking": "", "verified": "", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 2, '26a4707fc13a0a7504da18666e1f93a35d05fb7560272b5f2e85ff2f92d6dbf2', '2026-11-23 19:15:14.361987+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0004', 'b739a64b0d', '2026-11-23 19:15:14.376064+00', '2026-11-24 10:00:00+00', 'received', 'due', 'none', 'none', 'submit', 'ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058', '', 75000, 0, NULL, NULL, NULL, '{"due": 75000, "paid": 0, "unit": "H49.12", "asked": "", "clerk": "", "money": "due", "centre": "H49.61", "charge": "QN0000000305", "number": "", "parcel": "", "by_post": true, "carrier": "", "channel": "transfer", "bookings": 0, "business": "received", "delivery": "none", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "evidence": [], "manifest": "", "official": "", "tracking": "", "verified": "", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 2, '213598ea881ac37c895e3a2f55d442227cbf18caed5b17664d224db61f85d0f2', '2026-11-23 19:15:14.401956+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0005', 'a2cd8a9e95', '2026-11-23 19:15:14.415647+00', '2026-11-24 10:00:00+00', 'on_tray', 'due', 'none', 'none', 'await_official', 'd5a7163a50b82ef5bc588519aa4e8a597a22f4796e4cd1be9fd3ac4a5620d8ae', '', 75000, 0, NULL, NULL, NULL, '{"due": 75000, "paid": 0, "unit": "H49.12", "asked": "", "clerk": "", "money": "due", "centre": "H49.61", "charge": "QN0000000475", "number": "", "parcel": "", "by_post": true, "carrier": "", "channel": "transfer", "bookings": 0, "business": "on_tray", "delivery": "none", "document": "d5a7163a50b82ef5bc588519aa4e8a597a22f4796e4cd1be9fd3ac4a5620d8ae", "evidence": [], "manifest": "", "official": "hung", "tracking": "", "verified": "", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 3, '77f2c3825944030c8b0fff8c23937d7c6b3eb9e1323b846cae1c14dcdbb174c3', '2026-11-23 19:15:14.46856+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0006', 'a971083be4', '2026-11-23 19:15:14.484063+00', '2026-11-24 10:00:00+00', 'on_tray', 'due', 'none', 'none', 'await_official', '84ae763a60241d19034b09bf1bbf1f11e05042f1b082261714a8d3630c54e538', '', 75000, 0, NULL, NULL, NULL, '{"due": 75000, "paid": 0, "unit": "H49.12", "asked": "", "clerk": "", "money": "due", "centre": "H49.61", "charge": "QN0000000548", "number": "", "parcel": "", "by_post": true, "carrier": "", "channel": "transfer", "bookings": 0, "business": "on_tray", "delivery": "none", "document": "84ae763a60241d19034b09bf1bbf1f11e05042f1b082261714a8d3630c54e538", "evidence": [], "manifest": "", "official": "hung", "tracking": "", "verified": "", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 3, 'ef6ec461afb337241f676a84d9dc6d0c5083bdeb6a061c369a65321394e0aaf3', '2026-11-23 19:15:14.532201+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0007', '1c3159ab51', '2026-11-23 19:15:14.556493+00', '2026-11-24 10:00:00+00', 'signed', 'due', 'none', 'none', 'await_clerk', '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', '', 75000, 0, NULL, NULL, NULL, '{"due": 75000, "paid": 0, "unit": "H49.12", "asked": "", "clerk": "", "money": "due", "centre": "H49.61", "charge": "QN0000000621", "number": "", "parcel": "", "by_post": true, "carrier": "", "channel": "transfer", "bookings": 0, "business": "signed", "delivery": "none", "document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "evidence": [], "manifest": "", "official": "hung", "tracking": "", "verified": "", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 4, '6981408d4bebed17ea7b09e6e8239c62b97fe800480816c3af57de0441bcbba4', '2026-11-23 19:15:14.612625+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0008', '1d9867cb9f', '2026-11-23 19:15:14.62826+00', '2026-11-24 10:00:00+00', 'signed', 'due', 'none', 'none', 'await_clerk', '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', '', 75000, 0, NULL, NULL, NULL, '{"due": 75000, "paid": 0, "unit": "H49.12", "asked": "", "clerk": "", "money": "due", "centre": "H49.61", "charge": "QN0000000791", "number": "", "parcel": "", "by_post": true, "carrier": "", "channel": "transfer", "bookings": 0, "business": "signed", "delivery": "none", "document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "evidence": [], "manifest": "", "official": "hung", "tracking": "", "verified": "", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 4, 'ece3ba672d794d7939c44fc4742a05b4b9275993eee808ee7769dcbb428829e1', '2026-11-23 19:15:14.692626+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0009', 'cd20e22944', '2026-11-23 19:15:14.723907+00', '2026-11-24 10:00:00+00', 'numbered', 'due', 'none', 'none', 'await_clerk', '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', '', 75000, 0, NULL, NULL, NULL, '{"due": 75000, "paid": 0, "unit": "H49.12", "asked": "", "clerk": "", "money": "due", "centre": "H49.61", "charge": "QN0000000864", "number": "02/GPXD", "parcel": "", "by_post": true, "carrier": "", "channel": "transfer", "bookings": 0, "business": "numbered", "delivery": "none", "document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "evidence": [], "manifest": "", "official": "hung", "tracking": "", "verified": "", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 5, 'f78f321ae7c0bc55e61deab125eee39211168968a9dd7c48a680713959af62eb', '2026-11-23 19:15:14.807377+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0010', '860ca18577', '2026-11-23 19:15:14.834532+00', '2026-11-24 10:00:00+00', 'verified', 'due', 'none', 'none', 'await_money', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', 75000, 0, NULL, NULL, NULL, '{"due": 75000, "paid": 0, "unit": "H49.12", "asked": "", "clerk": "lan", "money": "due", "centre": "H49.61", "charge": "QN0000000937", "number": "03/GPXD", "parcel": "", "by_post": true, "carrier": "", "channel": "transfer", "bookings": 0, "business": "verified", "delivery": "none", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "evidence": [], "manifest": "", "official": "hung", "tracking": "", "verified": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 7, '1177aeb4a5228a851c6d340f5cba57b56e45ab4964ae8378ecdcec489dc67939', '2026-11-23 19:15:14.923416+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0011', '08809bb1de', '2026-11-23 19:15:14.932773+00', '2026-11-24 10:00:00+00', 'received', 'due', 'none', 'none', 'submit', 'ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058', '', 75000, 0, NULL, NULL, NULL, '{"due": 75000, "paid": 0, "unit": "H49.12", "asked": "QN0000001010T01", "clerk": "", "money": "due", "centre": "H49.61", "charge": "QN0000001010", "number": "", "parcel": "", "by_post": true, "carrier": "", "channel": "platform", "bookings": 0, "business": "received", "delivery": "none", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "evidence": [], "manifest": "", "official": "", "tracking": "", "verified": "", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 3, 'fd8a15b284a2b07ab4512101d3c772ab80f53e0f05e5d5d2c9e9aab77dcb6b27', '2026-11-23 19:15:14.988718+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0012', '441482ae19', '2026-11-23 19:15:14.999735+00', '2026-11-24 10:00:00+00', 'sent_back', 'due', 'none', 'none', 'await_department', 'cb09ee4c594774fc528a2dd5e267be2d3bc3f41772bf81f3121977c52121a00c', '', 75000, 0, NULL, NULL, NULL, '{"due": 75000, "paid": 0, "unit": "H49.12", "asked": "", "clerk": "", "money": "due", "centre": "H49.61", "charge": "QN0000001180", "number": "", "parcel": "", "by_post": true, "carrier": "", "channel": "transfer", "bookings": 0, "business": "sent_back", "delivery": "none", "document": "cb09ee4c594774fc528a2dd5e267be2d3bc3f41772bf81f3121977c52121a00c", "evidence": [], "manifest": "", "official": "hung", "tracking": "", "verified": "", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 4, 'adce961587ef6d4166dafb73f3977f4523d1addbd8082a249cbcb29327b4e32c', '2026-11-23 19:15:15.053332+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0013', '8d3f2488fb', '2026-11-23 19:15:15.068569+00', '2026-11-24 10:00:00+00', 'withdrawn', 'due', 'none', 'none', 'done', 'ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058', '', 75000, 0, NULL, NULL, NULL, '{"due": 75000, "paid": 0, "unit": "H49.12", "asked": "", "clerk": "", "money": "due", "centre": "H49.61", "charge": "QN0000001253", "number": "", "parcel": "", "by_post": true, "carrier": "", "channel": "transfer", "bookings": 0, "business": "withdrawn", "delivery": "none", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "evidence": [], "manifest": "", "official": "", "tracking": "", "verified": "", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 3, '028e97307a0b46dba57e5c8abddaab24dc8a4ed42e9111fb53187847a7b55e5c', '2026-11-23 19:15:15.092587+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0014', 'c27617be8e', '2026-11-23 19:15:15.101423+00', '2026-11-24 10:00:00+00', 'verified', 'paid', 'none', 'none', 'release', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', 75000, 75000, NULL, NULL, NULL, '{"due": 75000, "paid": 75000, "unit": "H49.12", "asked": "", "clerk": "lan", "money": "paid", "centre": "H49.61", "charge": "QN0000001326", "number": "04/GPXD", "parcel": "", "by_post": true, "carrier": "", "channel": "transfer", "bookings": 0, "business": "verified", "delivery": "none", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "evidence": ["bank:1017595600:FT0014:1"], "manifest": "", "official": "hung", "tracking": "", "verified": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 8, 'dc457d4294f0705421341088840419513992aa6ac2dc90c0f152713e5a0357de', '2026-11-23 19:15:15.202689+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0015', '165244dc1c', '2026-11-23 19:15:15.218194+00', '2026-11-24 10:00:00+00', 'released', 'paid', 'handed_over', 'none', 'await_carrier', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', 75000, 75000, '2026-11-23 19:15:15.335276+00', 75000, 75000, '{"due": 75000, "paid": 75000, "unit": "H49.12", "asked": "", "clerk": "lan", "money": "paid", "centre": "H49.61", "charge": "QN0000001496", "number": "05/GPXD", "parcel": "H49.61-261123-0015-D-1", "by_post": true, "carrier": "vnpost", "channel": "transfer", "bookings": 1, "business": "released", "delivery": "handed_over", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "evidence": ["bank:1017595600:FT0015:1"], "manifest": "BK-261123-01", "official": "hung", "tracking": "EB584120159VN", "verified": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 12, 'a9dad1574f26ae53c5bfd58758256201e621119d3b8a851243b479bb80714de5', '2026-11-23 19:15:15.780125+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0016', '7e8ee22cf3', '2026-11-23 19:15:15.366453+00', '2026-11-24 10:00:00+00', 'released', 'paid', 'delivered', 'none', 'done', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', 75000, 75000, '2026-11-23 19:15:15.490329+00', 75000, 75000, '{"due": 75000, "paid": 75000, "unit": "H49.12", "asked": "", "clerk": "lan", "money": "paid", "centre": "H49.61", "charge": "QN0000001569", "number": "06/GPXD", "parcel": "H49.61-261123-0016-D-1", "by_post": true, "carrier": "vnpost", "channel": "transfer", "bookings": 1, "business": "released", "delivery": "delivered", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "evidence": ["bank:1017595600:FT0016:1"], "manifest": "BK-261123-01", "official": "hung", "tracking": "EB584120012VN", "verified": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "procedure": "1.009994", "carried_at": "2026-11-23T03:00:00+00:00", "synchronisation": "none"}', 13, 'f88b48e07b63e8ffbef18b97145b5375d9436c8670a016a45f1d39d08df3d703', '2026-11-23 19:15:15.805023+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0017', '0f1dd100cd', '2026-11-23 19:15:15.515034+00', '2026-11-24 10:00:00+00', 'released', 'paid', 'returned', 'none', 'done', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', 75000, 75000, '2026-11-23 19:15:15.619073+00', 75000, 75000, '{"due": 75000, "paid": 75000, "unit": "H49.12", "asked": "", "clerk": "lan", "money": "paid", "centre": "H49.61", "charge": "QN0000001642", "number": "07/GPXD", "parcel": "H49.61-261123-0017-D-1", "by_post": true, "carrier": "vnpost", "channel": "transfer", "bookings": 1, "business": "released", "delivery": "returned", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "evidence": ["bank:1017595600:FT0017:1"], "manifest": "BK-261123-01", "official": "hung", "tracking": "EB584120012VN", "verified": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "procedure": "1.009994", "carried_at": "2026-11-23T03:00:00+00:00", "synchronisation": "none"}', 13, 'c1588f70c5a8258a432321e9d838ef30f53d4a7214bfe639d002c64772a21d46', '2026-11-23 19:15:15.820319+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0018', '93f90b0fc0', '2026-11-23 19:15:15.833361+00', '2026-11-24 10:00:00+00', 'released', 'paid', 'listed', 'none', 'await_postal_worker', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', 75000, 75000, '2026-11-23 19:15:15.963551+00', 75000, 75000, '{"due": 75000, "paid": 75000, "unit": "H49.12", "asked": "", "clerk": "lan", "money": "paid", "centre": "H49.61", "charge": "QN0000001715", "number": "08/GPXD", "parcel": "H49.61-261123-0018-D-1", "by_post": true, "carrier": "vnpost", "channel": "transfer", "bookings": 1, "business": "released", "delivery": "listed", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "evidence": ["bank:1017595600:FT0018:1"], "manifest": "BK-261123-02", "official": "hung", "tracking": "EB584120180VN", "verified": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 11, '807c003472b85014c207937bcec6019d11d89714b0b5f874bcfdc21808a189c6', '2026-11-23 19:15:15.998022+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0019', 'b06455af3a', '2026-11-23 19:15:16.118445+00', '2026-11-24 10:00:00+00', 'released', 'paid', 'none', 'none', 'await_citizen', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', 75000, 75000, '2026-11-23 19:15:16.248401+00', 75000, 75000, '{"due": 75000, "paid": 75000, "unit": "H49.12", "asked": "", "clerk": "lan", "money": "paid", "centre": "H49.61", "charge": "QN0000001885", "number": "09/GPXD", "parcel": "", "by_post": false, "carrier": "", "channel": "transfer", "bookings": 0, "business": "released", "delivery": "none", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "evidence": ["bank:1017595600:FT0019:1"], "manifest": "", "official": "hung", "tracking": "", "verified": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 9, 'bc2c30bf5d852c8e30690cfee00d14f92a6a43eb8d737a7b5e98fc9500fabd6a', '2026-11-23 19:15:16.248401+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0020', 'd0c2d3d313', '2026-11-23 19:15:16.260501+00', '2026-11-24 10:00:00+00', 'released', 'paid', 'booked', 'none', 'await_manifest', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', 75000, 75000, '2026-11-23 19:15:16.380005+00', 75000, 75000, '{"due": 75000, "paid": 75000, "unit": "H49.12", "asked": "", "clerk": "lan", "money": "paid", "centre": "H49.61", "charge": "QN0000001958", "number": "10/GPXD", "parcel": "H49.61-261123-0020-D-1", "by_post": true, "carrier": "vnpost", "channel": "transfer", "bookings": 1, "business": "released", "delivery": "booked", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "evidence": ["bank:1017595600:FT0020:1"], "manifest": "", "official": "hung", "tracking": "EB584120202VN", "verified": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 10, '1ea5b63e15f944c176d8ba69d84a47b5bea370bc2a9c8bf6f924c29575bd0637', '2026-11-23 19:15:16.392528+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0021', '1289a4682a', '2026-11-23 19:15:16.401003+00', '2026-11-24 10:00:00+00', 'released', 'paid', 'none', 'none', 'book', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', 75000, 75000, '2026-11-23 19:15:16.504306+00', 75000, 75000, '{"due": 75000, "paid": 75000, "unit": "H49.12", "asked": "", "clerk": "lan", "money": "paid", "centre": "H49.61", "charge": "QN0000002031", "number": "11/GPXD", "parcel": "", "by_post": true, "carrier": "", "channel": "transfer", "bookings": 0, "business": "released", "delivery": "none", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "evidence": ["bank:1017595600:FT0021:1"], "manifest": "", "official": "hung", "tracking": "", "verified": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 9, 'e99e9ae9375f618962d39b757415a11bd506255f07c039de9bf784ec6f94c541', '2026-11-23 19:15:16.504306+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0022', 'f519c3d8be', '2026-11-23 19:15:16.513923+00', '2026-11-24 10:00:00+00', 'released', 'paid', 'none', 'none', 'book', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', 75000, 75000, '2026-11-23 19:15:16.649181+00', 75000, 75000, '{"due": 75000, "paid": 75000, "unit": "H49.12", "asked": "", "clerk": "lan", "money": "paid", "centre": "H49.61", "charge": "QN0000002104", "number": "12/GPXD", "parcel": "", "by_post": true, "carrier": "", "channel": "transfer", "bookings": 0, "business": "released", "delivery": "none", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "evidence": ["bank:1017595600:FT0022:1"], "manifest": "", "official": "hung", "tracking": "", "verified": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 9, '2f31681d4912589daffcb5ca5fc06ad73a8c7744a821ffdab5042a8c61cf305a', '2026-11-23 19:15:16.649181+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0023', 'a44081c340', '2026-11-23 19:15:16.676549+00', '2026-11-24 10:00:00+00', 'released', 'paid', 'none', 'none', 'book', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', 75000, 75000, '2026-11-23 19:15:16.824718+00', 75000, 75000, '{"due": 75000, "paid": 75000, "unit": "H49.12", "asked": "", "clerk": "lan", "money": "paid", "centre": "H49.61", "charge": "QN0000002274", "number": "13/GPXD", "parcel": "", "by_post": true, "carrier": "", "channel": "transfer", "bookings": 0, "business": "released", "delivery": "none", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "evidence": ["bank:1017595600:FT0023:1"], "manifest": "", "official": "hung", "tracking": "", "verified": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 9, '1e961d92e36d808ec37429fd74cc799cc9ed169057dbf4a0a3abe02e9c3d56d0', '2026-11-23 19:15:16.824718+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0024', '44208bc9ea', '2026-11-23 19:15:16.847389+00', '2026-11-24 10:00:00+00', 'released', 'paid', 'refused', 'none', 'await_person', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', 75000, 75000, '2026-11-23 19:15:16.991411+00', 75000, 75000, '{"due": 75000, "paid": 75000, "unit": "H49.12", "asked": "", "clerk": "lan", "money": "paid", "centre": "H49.61", "charge": "QN0000002347", "number": "14/GPXD", "parcel": "", "by_post": true, "carrier": "vnpost", "channel": "transfer", "bookings": 1, "business": "released", "delivery": "refused", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "evidence": ["bank:1017595600:FT0024:1"], "manifest": "", "official": "hung", "tracking": "", "verified": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 10, 'f2f86b81c0d0879f4c4ef799b9d57e600fec0ef52bb4675da0c9b490a9db4800', '2026-11-23 19:15:17.01037+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0025', '54ebcf767b', '2026-11-23 19:15:17.023073+00', '2026-11-24 10:00:00+00', 'released', 'paid', 'collected', 'none', 'done', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', 75000, 75000, '2026-11-23 19:15:17.177201+00', 75000, 75000, '{"due": 75000, "paid": 75000, "unit": "H49.12", "asked": "", "clerk": "lan", "money": "paid", "centre": "H49.61", "charge": "QN0000002420", "number": "15/GPXD", "parcel": "", "by_post": false, "carrier": "", "channel": "transfer", "bookings": 0, "business": "released", "delivery": "collected", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "evidence": ["bank:1017595600:FT0025:1"], "manifest": "", "official": "hung", "tracking": "", "verified": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 10, '0b3533619d0078c32dbae0eabda39dd7d1aa59b774961500e2daf49b0889ed38', '2026-11-23 19:15:17.188376+00', '1.009994', 'H49.61', 'H49.12'),
	('H49.61-261123-0026', '6cc1bf03ec', '2026-11-23 19:15:17.196888+00', '2026-11-24 10:00:00+00', 'verified', 'due', 'none', 'none', 'await_money', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', 75000, 0, NULL, NULL, NULL, '{"due": 75000, "paid": 0, "unit": "H49.12", "asked": "", "clerk": "lan", "money": "due", "centre": "H49.61", "charge": "QN0000002590", "number": "16/GPXD", "parcel": "", "by_post": true, "carrier": "", "channel": "transfer", "bookings": 0, "business": "verified", "delivery": "none", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "evidence": [], "manifest": "", "official": "hung", "tracking": "", "verified": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "procedure": "1.009994", "carried_at": "", "synchronisation": "none"}', 7, '13a2b270a46afad90408a90b562dde1624cb0fa9db9a78527934f57a8f5d7a8c', '2026-11-23 19:15:17.287452+00', '1.009994', 'H49.61', 'H49.12');
INSERT INTO public.hub_register_fact_2026_11 VALUES
	('H49.61-261123-0001', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:13.841837+00', '0000000000000000000000000000000000000000000000000000000000000000', '48cdfc7f64619b820cd83a2759b43c731b4f97e74010e7d1d008c2047471f7b3'),
	('H49.61-261123-0001', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000000159"}', 'hub', '2026-11-23 19:15:13.86073+00', '48cdfc7f64619b820cd83a2759b43c731b4f97e74010e7d1d008c2047471f7b3', '75634dc1828ebda5eff7394340cb5a43e4115ab9412640e11cee9ae8c846294a'),
	('H49.61-261123-0001', 3, 'Submitted', '{"document": "771e84ec0a5844d2083620b313a32d6b3172bb3f729e968997bdbe169815e302", "official": "hung"}', 'hub', '2026-11-23 19:15:13.897181+00', '75634dc1828ebda5eff7394340cb5a43e4115ab9412640e11cee9ae8c846294a', 'c05e14d5c240d3dde672beafb67abfaf78c1817d23746c0d40f5fdae6d71a59b'),
	('H49.61-261123-0001', 4, 'Signed', '{"over": "771e84ec0a5844d2083620b313a32d6b3172bb3f729e968997bdbe169815e302", "document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "official": "hung", "certificate": "d791c8d44927361649c88afa1e22d010d34a501e3b7395700f931700e721fdbe"}', 'hung', '2026-11-23 19:15:14.075542+00', 'c05e14d5c240d3dde672beafb67abfaf78c1817d23746c0d40f5fdae6d71a59b', '81bc2b511333a1e3acc3ffd1cdc214086648fa3c1528fe00aa0ea3908240d221'),
	('H49.61-261123-0001', 5, 'Numbered', '{"clerk": "lan", "number": "01/GPXD", "issued_on": "2026-11-24"}', 'lan', '2026-11-23 19:15:14.105145+00', '81bc2b511333a1e3acc3ffd1cdc214086648fa3c1528fe00aa0ea3908240d221', '4aba345d7bd14e06c0db412970c9bb44d3e999630aec2440f88b38e04ffcaab2'),
	('H49.61-261123-0001', 6, 'Sealed', '{"over": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "clerk": "lan", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "certificate": "f56b1792cc14ff50d88aaedbb5e6101489a80bdfa59045f008462b5a8f5a617e"}', 'lan', '2026-11-23 19:15:14.285676+00', '4aba345d7bd14e06c0db412970c9bb44d3e999630aec2440f88b38e04ffcaab2', 'd8715ea29a98bc5a70fd59bebbf05dfb6d0590e41dc9969ca06cffe413a8a4c6'),
	('H49.61-261123-0002', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:14.320342+00', '0000000000000000000000000000000000000000000000000000000000000000', '6b4e4e2f5e4596221f1ff4eda0aaacefeca349fc18f56c1cbffcc2be620eedbd'),
	('H49.61-261123-0003', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:14.342165+00', '0000000000000000000000000000000000000000000000000000000000000000', 'a6165466beadf3e4c33840e10a19b17ee1a09bb17a533ad10889733a53e755d5'),
	('H49.61-261123-0003', 2, 'Charged', '{"amount": 75000, "channel": "platform", "reference": "QN0000000232"}', 'hub', '2026-11-23 19:15:14.361987+00', 'a6165466beadf3e4c33840e10a19b17ee1a09bb17a533ad10889733a53e755d5', '26a4707fc13a0a7504da18666e1f93a35d05fb7560272b5f2e85ff2f92d6dbf2'),
	('H49.61-261123-0004', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:14.383236+00', '0000000000000000000000000000000000000000000000000000000000000000', '070bfcab1cf4154ae0536b6ada7d0041ff2075cdc223c0c0651db4b200a212f9'),
	('H49.61-261123-0004', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000000305"}', 'hub', '2026-11-23 19:15:14.401956+00', '070bfcab1cf4154ae0536b6ada7d0041ff2075cdc223c0c0651db4b200a212f9', '213598ea881ac37c895e3a2f55d442227cbf18caed5b17664d224db61f85d0f2'),
	('H49.61-261123-0005', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:14.422118+00', '0000000000000000000000000000000000000000000000000000000000000000', '4252d268086af05e83f0b23061d7db31c310cbdde652e1e391c7814acf22ebd6'),
	('H49.61-261123-0005', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000000475"}', 'hub', '2026-11-23 19:15:14.444277+00', '4252d268086af05e83f0b23061d7db31c310cbdde652e1e391c7814acf22ebd6', '050ac94339196d44158a57b792bbe53a6d067e90a02598ab6fe7464afdb72bee'),
	('H49.61-261123-0005', 3, 'Submitted', '{"document": "d5a7163a50b82ef5bc588519aa4e8a597a22f4796e4cd1be9fd3ac4a5620d8ae", "official": "hung"}', 'hub', '2026-11-23 19:15:14.46856+00', '050ac94339196d44158a57b792bbe53a6d067e90a02598ab6fe7464afdb72bee', '77f2c3825944030c8b0fff8c23937d7c6b3eb9e1323b846cae1c14dcdbb174c3'),
	('H49.61-261123-0006', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:14.490633+00', '0000000000000000000000000000000000000000000000000000000000000000', 'b5c464b95f04a7bfc6dc28b9307503dcc7b06044056b2b39f1174637a819ab77'),
	('H49.61-261123-0006', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000000548"}', 'hub', '2026-11-23 19:15:14.507535+00', 'b5c464b95f04a7bfc6dc28b9307503dcc7b06044056b2b39f1174637a819ab77', '7ed611715cae92804c2a753846625c859c2348f199711217e5834769d8341673'),
	('H49.61-261123-0006', 3, 'Submitted', '{"document": "84ae763a60241d19034b09bf1bbf1f11e05042f1b082261714a8d3630c54e538", "official": "hung"}', 'hub', '2026-11-23 19:15:14.532201+00', '7ed611715cae92804c2a753846625c859c2348f199711217e5834769d8341673', 'ef6ec461afb337241f676a84d9dc6d0c5083bdeb6a061c369a65321394e0aaf3'),
	('H49.61-261123-0007', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:14.56245+00', '0000000000000000000000000000000000000000000000000000000000000000', '5a017db5a37ecbebaae86f0c27d83f67ac9bac1365ee9e35391a751141a6dc49'),
	('H49.61-261123-0007', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000000621"}', 'hub', '2026-11-23 19:15:14.578848+00', '5a017db5a37ecbebaae86f0c27d83f67ac9bac1365ee9e35391a751141a6dc49', 'f0e77bc1b9bbe2df33c8dc1797d44da30e6be7d57b5be3619dc13597d493f137'),
	('H49.61-261123-0007', 3, 'Submitted', '{"document": "9db1a1b78629a9fd1cdb07faa5b8756a9dd8517a2a92ddeb975d3b9d769b7b52", "official": "hung"}', 'hub', '2026-11-23 19:15:14.601691+00', 'f0e77bc1b9bbe2df33c8dc1797d44da30e6be7d57b5be3619dc13597d493f137', '5cf18efaaa54cde23417f4d50f554f97a0ab706e6caf945e3d0345990d3fd30a'),
	('H49.61-261123-0007', 4, 'Signed', '{"over": "9db1a1b78629a9fd1cdb07faa5b8756a9dd8517a2a92ddeb975d3b9d769b7b52", "document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "official": "hung", "certificate": "d791c8d44927361649c88afa1e22d010d34a501e3b7395700f931700e721fdbe"}', 'hung', '2026-11-23 19:15:14.612625+00', '5cf18efaaa54cde23417f4d50f554f97a0ab706e6caf945e3d0345990d3fd30a', '6981408d4bebed17ea7b09e6e8239c62b97fe800480816c3af57de0441bcbba4'),
	('H49.61-261123-0008', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:14.635113+00', '0000000000000000000000000000000000000000000000000000000000000000', 'dab53d7ed28f5171a146e431022eb58ce4ec00ae17dd7acf47bf4d67da4ad7e7'),
	('H49.61-261123-0008', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000000791"}', 'hub', '2026-11-23 19:15:14.654977+00', 'dab53d7ed28f5171a146e431022eb58ce4ec00ae17dd7acf47bf4d67da4ad7e7', '3d391f6ad80400c9a8bdec2c722bbdc0e42417b886dbc99d1f3968c29e16f10e'),
	('H49.61-261123-0008', 3, 'Submitted', '{"document": "0b81bc2c25f4fa73cba04ca929700e4b6abbbdadb10fe494d572b0e51814efdb", "official": "hung"}', 'hub', '2026-11-23 19:15:14.681458+00', '3d391f6ad80400c9a8bdec2c722bbdc0e42417b886dbc99d1f3968c29e16f10e', '38530bd40eecd56c993dd2578d858971e7162da34feecff6263332f054c98033'),
	('H49.61-261123-0008', 4, 'Signed', '{"over": "0b81bc2c25f4fa73cba04ca929700e4b6abbbdadb10fe494d572b0e51814efdb", "document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "official": "hung", "certificate": "d791c8d44927361649c88afa1e22d010d34a501e3b7395700f931700e721fdbe"}', 'hung', '2026-11-23 19:15:14.692626+00', '38530bd40eecd56c993dd2578d858971e7162da34feecff6263332f054c98033', 'ece3ba672d794d7939c44fc4742a05b4b9275993eee808ee7769dcbb428829e1'),
	('H49.61-261123-0009', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:14.73169+00', '0000000000000000000000000000000000000000000000000000000000000000', 'a601370fbd834cb09bff676e756acb8f8f477fcb8500998b86d5f061c04de917'),
	('H49.61-261123-0009', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000000864"}', 'hub', '2026-11-23 19:15:14.750171+00', 'a601370fbd834cb09bff676e756acb8f8f477fcb8500998b86d5f061c04de917', '8db4e45d6f578367c4591f30cea3e7d854ffc308e214879ac65a33ec29fe5abb'),
	('H49.61-261123-0009', 3, 'Submitted', '{"document": "c05fd16d55364e606a80cde9c4a2ff53e15679b28a6bbd3a48d2b7e0adfe80b8", "official": "hung"}', 'hub', '2026-11-23 19:15:14.774788+00', '8db4e45d6f578367c4591f30cea3e7d854ffc308e214879ac65a33ec29fe5abb', 'b761fccd58b84936b79c15f48e38d68ad9f006948aca5c48c88d4d634cf5c3f4'),
	('H49.61-261123-0009', 4, 'Signed', '{"over": "c05fd16d55364e606a80cde9c4a2ff53e15679b28a6bbd3a48d2b7e0adfe80b8", "document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "official": "hung", "certificate": "d791c8d44927361649c88afa1e22d010d34a501e3b7395700f931700e721fdbe"}', 'hung', '2026-11-23 19:15:14.787163+00', 'b761fccd58b84936b79c15f48e38d68ad9f006948aca5c48c88d4d634cf5c3f4', '53e4e7c39641067cde2ae0fa65b0a99c0b50d596dc5b5cab954968df60a0209c'),
	('H49.61-261123-0009', 5, 'Numbered', '{"clerk": "lan", "number": "02/GPXD", "issued_on": "2026-11-23"}', 'lan', '2026-11-23 19:15:14.807377+00', '53e4e7c39641067cde2ae0fa65b0a99c0b50d596dc5b5cab954968df60a0209c', 'f78f321ae7c0bc55e61deab125eee39211168968a9dd7c48a680713959af62eb'),
	('H49.61-261123-0010', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:14.841629+00', '0000000000000000000000000000000000000000000000000000000000000000', 'bec03f898a1227e0fc268c37bcad2faaac7be8cd16889900403544f73ff8c186'),
	('H49.61-261123-0010', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000000937"}', 'hub', '2026-11-23 19:15:14.85987+00', 'bec03f898a1227e0fc268c37bcad2faaac7be8cd16889900403544f73ff8c186', '12fa9e12e98f945cd4a03fb6eaab2df9478b3162024f72bc17191d1468442767'),
	('H49.61-261123-0010', 3, 'Submitted', '{"document": "5748926403c24f7261f86c56f6138d9783a8ec1faca6b99afb3d98f044d83ba4", "official": "hung"}', 'hub', '2026-11-23 19:15:14.885361+00', '12fa9e12e98f945cd4a03fb6eaab2df9478b3162024f72bc17191d1468442767', '20ab0bb47d7828df840a3f2ad8c44b052b73163a8b543fecd8841b1c030394f8'),
	('H49.61-261123-0010', 4, 'Signed', '{"over": "5748926403c24f7261f86c56f6138d9783a8ec1faca6b99afb3d98f044d83ba4", "document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "official": "hung", "certificate": "d791c8d44927361649c88afa1e22d010d34a501e3b7395700f931700e721fdbe"}', 'hung', '2026-11-23 19:15:14.897394+00', '20ab0bb47d7828df840a3f2ad8c44b052b73163a8b543fecd8841b1c030394f8', '07c2c44d2acef738e0ee30ebde3937a762401b6474fa49186e7b89660c72d5ee'),
	('H49.61-261123-0010', 5, 'Numbered', '{"clerk": "lan", "number": "03/GPXD", "issued_on": "2026-11-23"}', 'lan', '2026-11-23 19:15:14.912396+00', '07c2c44d2acef738e0ee30ebde3937a762401b6474fa49186e7b89660c72d5ee', '803a3d6c53dac9814b0cb6204148e7020f52e927aa4f2985db923704cd9a5163'),
	('H49.61-261123-0010', 6, 'Sealed', '{"over": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "clerk": "lan", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "certificate": "f56b1792cc14ff50d88aaedbb5e6101489a80bdfa59045f008462b5a8f5a617e"}', 'lan', '2026-11-23 19:15:14.917888+00', '803a3d6c53dac9814b0cb6204148e7020f52e927aa4f2985db923704cd9a5163', 'be2203fd3622221a9be847191872757c29ebe75a1e2914987e94f5869cdc4d3b'),
	('H49.61-261123-0010', 7, 'Verified', '{"document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "verifier": "pyhanko"}', 'pyhanko', '2026-11-23 19:15:14.923416+00', 'be2203fd3622221a9be847191872757c29ebe75a1e2914987e94f5869cdc4d3b', '1177aeb4a5228a851c6d340f5cba57b56e45ab4964ae8378ecdcec489dc67939'),
	('H49.61-261123-0011', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:14.937935+00', '0000000000000000000000000000000000000000000000000000000000000000', 'd8923bee7de3df2e5866b8f58281777e8600d14c7371d715731cc5c654876bc7'),
	('H49.61-261123-0011', 2, 'Charged', '{"amount": 75000, "channel": "platform", "reference": "QN0000001010"}', 'hub', '2026-11-23 19:15:14.952164+00', 'd8923bee7de3df2e5866b8f58281777e8600d14c7371d715731cc5c654876bc7', 'deab64ec1a5c92b2b6dc73b72b8087850bc101b1bc1997264f78a68f8300af98'),
	('H49.61-261123-0011', 3, 'PaymentAsked', '{"channel": "platform", "reference": "QN0000001010T01"}', 'hub', '2026-11-23 19:15:14.988718+00', 'deab64ec1a5c92b2b6dc73b72b8087850bc101b1bc1997264f78a68f8300af98', 'fd8a15b284a2b07ab4512101d3c772ab80f53e0f05e5d5d2c9e9aab77dcb6b27'),
	('H49.61-261123-0012', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:15.005523+00', '0000000000000000000000000000000000000000000000000000000000000000', '189a4390cf4e122dc36d29e759fa5c998a6d54654c8e922b3e80831684a9a2e0'),
	('H49.61-261123-0012', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000001180"}', 'hub', '2026-11-23 19:15:15.020596+00', '189a4390cf4e122dc36d29e759fa5c998a6d54654c8e922b3e80831684a9a2e0', '6c9f4ae594c8d48e8f4096e9b79a1aa9ef2a37a6a4dc355fb3d3b26323a934a8'),
	('H49.61-261123-0012', 3, 'Submitted', '{"document": "cb09ee4c594774fc528a2dd5e267be2d3bc3f41772bf81f3121977c52121a00c", "official": "hung"}', 'hub', '2026-11-23 19:15:15.041676+00', '6c9f4ae594c8d48e8f4096e9b79a1aa9ef2a37a6a4dc355fb3d3b26323a934a8', 'b2edef9d9dea864d052667410e974a98d48688f04e509c1a24d40466f4855ebe'),
	('H49.61-261123-0012', 4, 'SentBack', '{"reason": "sai", "official": "hung"}', 'hung', '2026-11-23 19:15:15.053332+00', 'b2edef9d9dea864d052667410e974a98d48688f04e509c1a24d40466f4855ebe', 'adce961587ef6d4166dafb73f3977f4523d1addbd8082a249cbcb29327b4e32c'),
	('H49.61-261123-0016', 3, 'Submitted', '{"document": "b95548020efddb99b5c4d9d95ca70261a83321194d38bcad322ceb8adfb8f884", "official": "hung"}', 'hub', '2026-11-23 19:15:15.405208+00', '08c08995a28d0f2468ad045ccc6b9d608fa9cd503eb61f0508a924042c71b5af', '2ab9a06305aa6d6e180be78361111fa413ea760b92950fcf8ee61bac988e0027'),
	('H49.61-261123-0013', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:15.074525+00', '0000000000000000000000000000000000000000000000000000000000000000', 'c3997f3269607c3ece0b9bc81060e949040515518ea41191ff39affe509ee3c9'),
	('H49.61-261123-0013', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000001253"}', 'hub', '2026-11-23 19:15:15.088029+00', 'c3997f3269607c3ece0b9bc81060e949040515518ea41191ff39affe509ee3c9', '7467d0086386698dcc51d0bf2fedd6d2df11eaeac799c7b3a3c42e7f82e5e499'),
	('H49.61-261123-0013', 3, 'Withdrawn', '{"reason": "đổi ý"}', 'hub', '2026-11-23 19:15:15.092587+00', '7467d0086386698dcc51d0bf2fedd6d2df11eaeac799c7b3a3c42e7f82e5e499', '028e97307a0b46dba57e5c8abddaab24dc8a4ed42e9111fb53187847a7b55e5c'),
	('H49.61-261123-0014', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:15.105877+00', '0000000000000000000000000000000000000000000000000000000000000000', 'ef7f3866ce3fdec815ae78514a5c5eb92bb5a3c549809e8b85d6f18b06d1565f'),
	('H49.61-261123-0014', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000001326"}', 'hub', '2026-11-23 19:15:15.117376+00', 'ef7f3866ce3fdec815ae78514a5c5eb92bb5a3c549809e8b85d6f18b06d1565f', 'abcc8bd49696eede53402291f503769651d614662f7f9ab9b8a70b5d1bb3f204');
INSERT INTO public.hub_register_fact_2026_11 VALUES
	('H49.61-261123-0014', 3, 'Submitted', '{"document": "69a84c20132a3f1e477a7ed2a2c00da6e31b6bd69b81be3f620d566b2a44a89f", "official": "hung"}', 'hub', '2026-11-23 19:15:15.1384+00', 'abcc8bd49696eede53402291f503769651d614662f7f9ab9b8a70b5d1bb3f204', 'a0c4bc1d83e492a0258641e8c46976bc0c9833a326ffe2c003a491075e40639f'),
	('H49.61-261123-0014', 4, 'Signed', '{"over": "69a84c20132a3f1e477a7ed2a2c00da6e31b6bd69b81be3f620d566b2a44a89f", "document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "official": "hung", "certificate": "d791c8d44927361649c88afa1e22d010d34a501e3b7395700f931700e721fdbe"}', 'hung', '2026-11-23 19:15:15.145266+00', 'a0c4bc1d83e492a0258641e8c46976bc0c9833a326ffe2c003a491075e40639f', 'ffb53757f70650d4959bbc011ca99af5ae651509ffebb6a91527c2e0aa157447'),
	('H49.61-261123-0014', 5, 'Numbered', '{"clerk": "lan", "number": "04/GPXD", "issued_on": "2026-11-23"}', 'lan', '2026-11-23 19:15:15.155021+00', 'ffb53757f70650d4959bbc011ca99af5ae651509ffebb6a91527c2e0aa157447', 'ec3d81587ce40e9dd8143af7503c817c86a4ef05add370b5ec9a2f4fa2483781'),
	('H49.61-261123-0014', 6, 'Sealed', '{"over": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "clerk": "lan", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "certificate": "f56b1792cc14ff50d88aaedbb5e6101489a80bdfa59045f008462b5a8f5a617e"}', 'lan', '2026-11-23 19:15:15.158982+00', 'ec3d81587ce40e9dd8143af7503c817c86a4ef05add370b5ec9a2f4fa2483781', '21ffe79fb410162ccbad9ec1cfb6d171a72d6dc3dff862454f7f56d98722dc17'),
	('H49.61-261123-0014', 7, 'Verified', '{"document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "verifier": "pyhanko"}', 'pyhanko', '2026-11-23 19:15:15.162878+00', '21ffe79fb410162ccbad9ec1cfb6d171a72d6dc3dff862454f7f56d98722dc17', 'b8ba50e0f033728964b063db72c7696c5c82171bd5f41377a3cb069bb9ac7861'),
	('H49.61-261123-0014', 8, 'Paid', '{"amount": 75000, "channel": "transfer", "evidence": "bank:1017595600:FT0014:1"}', 'hub', '2026-11-23 19:15:15.202689+00', 'b8ba50e0f033728964b063db72c7696c5c82171bd5f41377a3cb069bb9ac7861', 'dc457d4294f0705421341088840419513992aa6ac2dc90c0f152713e5a0357de'),
	('H49.61-261123-0015', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:15.22163+00', '0000000000000000000000000000000000000000000000000000000000000000', '6c3c180ae7740d8b58e712d7a69a15a4f436cc26f01e4f8e4c2a73b4a6b7dc6f'),
	('H49.61-261123-0015', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000001496"}', 'hub', '2026-11-23 19:15:15.234608+00', '6c3c180ae7740d8b58e712d7a69a15a4f436cc26f01e4f8e4c2a73b4a6b7dc6f', '1220a08ee730493878764658504a2e74cc7da7daffec40b41bcb7b6206a422e4'),
	('H49.61-261123-0015', 3, 'Submitted', '{"document": "139f71f3b50b9fddb5a6b5d96c140827fe0e98b7939e1ad3488ac1d195c2faf3", "official": "hung"}', 'hub', '2026-11-23 19:15:15.252914+00', '1220a08ee730493878764658504a2e74cc7da7daffec40b41bcb7b6206a422e4', 'db0a7ce2e14960653c8102db6dc3a3d9698ec37ceca566a0f21ac9148a931dbf'),
	('H49.61-261123-0015', 4, 'Signed', '{"over": "139f71f3b50b9fddb5a6b5d96c140827fe0e98b7939e1ad3488ac1d195c2faf3", "document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "official": "hung", "certificate": "d791c8d44927361649c88afa1e22d010d34a501e3b7395700f931700e721fdbe"}', 'hung', '2026-11-23 19:15:15.260029+00', 'db0a7ce2e14960653c8102db6dc3a3d9698ec37ceca566a0f21ac9148a931dbf', 'e73063181dbfe55cb7db6b10402f4745d222581a013251cd6621572ef97eb0b7'),
	('H49.61-261123-0015', 5, 'Numbered', '{"clerk": "lan", "number": "05/GPXD", "issued_on": "2026-11-23"}', 'lan', '2026-11-23 19:15:15.269526+00', 'e73063181dbfe55cb7db6b10402f4745d222581a013251cd6621572ef97eb0b7', '5b5b8ee8b27d1accd8eb38f9a08ef2076f1e9bfdd556199b2e5e4b7a3719b209'),
	('H49.61-261123-0015', 6, 'Sealed', '{"over": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "clerk": "lan", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "certificate": "f56b1792cc14ff50d88aaedbb5e6101489a80bdfa59045f008462b5a8f5a617e"}', 'lan', '2026-11-23 19:15:15.274499+00', '5b5b8ee8b27d1accd8eb38f9a08ef2076f1e9bfdd556199b2e5e4b7a3719b209', '1f3e3090b9fa855590190962684c9528021eb8db9468857aafc068c3c4096a13'),
	('H49.61-261123-0015', 7, 'Verified', '{"document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "verifier": "pyhanko"}', 'pyhanko', '2026-11-23 19:15:15.279919+00', '1f3e3090b9fa855590190962684c9528021eb8db9468857aafc068c3c4096a13', 'f519b7dba1b525a94deff79aff89d7ed5f7804049414b1969f8797897e53ea58'),
	('H49.61-261123-0015', 8, 'Paid', '{"amount": 75000, "channel": "transfer", "evidence": "bank:1017595600:FT0015:1"}', 'hub', '2026-11-23 19:15:15.316922+00', 'f519b7dba1b525a94deff79aff89d7ed5f7804049414b1969f8797897e53ea58', 'd89acec41ebf39ab53e2a4594952fed3d9b200647164009912087fb711ae647a'),
	('H49.61-261123-0015', 9, 'Released', '{"due": 75000, "paid": 75000, "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73"}', 'hub', '2026-11-23 19:15:15.335276+00', 'd89acec41ebf39ab53e2a4594952fed3d9b200647164009912087fb711ae647a', 'cbe08c59f81bc54282bff73cf26451666dec667be030f70802b70d536cb230b0'),
	('H49.61-261123-0015', 10, 'Booked', '{"carrier": "vnpost", "tracking": "EB584120159VN", "reference": "H49.61-261123-0015-D-1"}', 'dispatch', '2026-11-23 19:15:15.354158+00', 'cbe08c59f81bc54282bff73cf26451666dec667be030f70802b70d536cb230b0', 'd4ad2b7d55f73c9c05ebed280eb9d0d017d4b6dee4215af9d467b49f9c0cdfc5'),
	('H49.61-261123-0016', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:15.370908+00', '0000000000000000000000000000000000000000000000000000000000000000', '8d9df2d0eee11705ea345874fd4632e9ee10408aa32afba91ad783978f50f3a2'),
	('H49.61-261123-0016', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000001569"}', 'hub', '2026-11-23 19:15:15.384487+00', '8d9df2d0eee11705ea345874fd4632e9ee10408aa32afba91ad783978f50f3a2', '08c08995a28d0f2468ad045ccc6b9d608fa9cd503eb61f0508a924042c71b5af'),
	('H49.61-261123-0016', 4, 'Signed', '{"over": "b95548020efddb99b5c4d9d95ca70261a83321194d38bcad322ceb8adfb8f884", "document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "official": "hung", "certificate": "d791c8d44927361649c88afa1e22d010d34a501e3b7395700f931700e721fdbe"}', 'hung', '2026-11-23 19:15:15.419854+00', '2ab9a06305aa6d6e180be78361111fa413ea760b92950fcf8ee61bac988e0027', '5671cc34a8c7f29894cc7e58530ccdab5d627962f151b972dbe1040071f1a356'),
	('H49.61-261123-0016', 5, 'Numbered', '{"clerk": "lan", "number": "06/GPXD", "issued_on": "2026-11-23"}', 'lan', '2026-11-23 19:15:15.43007+00', '5671cc34a8c7f29894cc7e58530ccdab5d627962f151b972dbe1040071f1a356', '52208a50837bb8bcc85b5aedb257b716351687561d2fc290e46a0e8e5fa56dd2'),
	('H49.61-261123-0016', 6, 'Sealed', '{"over": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "clerk": "lan", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "certificate": "f56b1792cc14ff50d88aaedbb5e6101489a80bdfa59045f008462b5a8f5a617e"}', 'lan', '2026-11-23 19:15:15.436654+00', '52208a50837bb8bcc85b5aedb257b716351687561d2fc290e46a0e8e5fa56dd2', 'fbb1f96b11cc371f6c65fadf56e5946cde1dcabaa3053c1a1435f3aa9420950c'),
	('H49.61-261123-0016', 7, 'Verified', '{"document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "verifier": "pyhanko"}', 'pyhanko', '2026-11-23 19:15:15.441601+00', 'fbb1f96b11cc371f6c65fadf56e5946cde1dcabaa3053c1a1435f3aa9420950c', '8ed8178c03b70138875bebf4fed2bf73e1e9e537a82893c050e46d1edff4c47a'),
	('H49.61-261123-0016', 8, 'Paid', '{"amount": 75000, "channel": "transfer", "evidence": "bank:1017595600:FT0016:1"}', 'hub', '2026-11-23 19:15:15.476715+00', '8ed8178c03b70138875bebf4fed2bf73e1e9e537a82893c050e46d1edff4c47a', '2bb75bf707347ddc52f204afda79b886388409d9a1504aa908603a87b66ccdbb'),
	('H49.61-261123-0016', 9, 'Released', '{"due": 75000, "paid": 75000, "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73"}', 'hub', '2026-11-23 19:15:15.490329+00', '2bb75bf707347ddc52f204afda79b886388409d9a1504aa908603a87b66ccdbb', '9f15d2c19a0684460b74d0744e8eeac18ddc89022aea9defba80cfca415db728'),
	('H49.61-261123-0016', 10, 'Booked', '{"carrier": "vnpost", "tracking": "EB584120162VN", "reference": "H49.61-261123-0016-D-1"}', 'dispatch', '2026-11-23 19:15:15.504483+00', '9f15d2c19a0684460b74d0744e8eeac18ddc89022aea9defba80cfca415db728', 'fa194614b420cd5ce75f0145cd074ea09bf333489626bb6e3a8a50d5e7bee7ed'),
	('H49.61-261123-0017', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:15.520957+00', '0000000000000000000000000000000000000000000000000000000000000000', '91e700f6012181d7fde66f81304b75c275bd5ce29d478a75a4e054681ee670e3'),
	('H49.61-261123-0017', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000001642"}', 'hub', '2026-11-23 19:15:15.533025+00', '91e700f6012181d7fde66f81304b75c275bd5ce29d478a75a4e054681ee670e3', '3f8585c127d6ca97a7e45c3ca5d72f399f6b4652d4b6ab6efd590b318f113bb9'),
	('H49.61-261123-0017', 3, 'Submitted', '{"document": "09d6e2ba9499b58d8c3d97f128d194005afcc89514f37a400fa4566295708542", "official": "hung"}', 'hub', '2026-11-23 19:15:15.550189+00', '3f8585c127d6ca97a7e45c3ca5d72f399f6b4652d4b6ab6efd590b318f113bb9', 'c5f46b7a3533eab03e86bf2d51e8e2429c24eba692ec18d61487635a71523557'),
	('H49.61-261123-0017', 4, 'Signed', '{"over": "09d6e2ba9499b58d8c3d97f128d194005afcc89514f37a400fa4566295708542", "document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "official": "hung", "certificate": "d791c8d44927361649c88afa1e22d010d34a501e3b7395700f931700e721fdbe"}', 'hung', '2026-11-23 19:15:15.556531+00', 'c5f46b7a3533eab03e86bf2d51e8e2429c24eba692ec18d61487635a71523557', '20799f59345360ef740b46c19b1ffb0b752b6335391e70f3cababf047538afa2'),
	('H49.61-261123-0017', 5, 'Numbered', '{"clerk": "lan", "number": "07/GPXD", "issued_on": "2026-11-23"}', 'lan', '2026-11-23 19:15:15.566963+00', '20799f59345360ef740b46c19b1ffb0b752b6335391e70f3cababf047538afa2', '5b2d2a70b1655d1644448f8ee49bfafd938e03a33389d9e6983f98eb033fb18f'),
	('H49.61-261123-0017', 6, 'Sealed', '{"over": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "clerk": "lan", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "certificate": "f56b1792cc14ff50d88aaedbb5e6101489a80bdfa59045f008462b5a8f5a617e"}', 'lan', '2026-11-23 19:15:15.571502+00', '5b2d2a70b1655d1644448f8ee49bfafd938e03a33389d9e6983f98eb033fb18f', '498257acc7bbd98c9e2187a5fa49899302ee24ef938f6283e773a4a39aa83bed'),
	('H49.61-261123-0017', 7, 'Verified', '{"document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "verifier": "pyhanko"}', 'pyhanko', '2026-11-23 19:15:15.575284+00', '498257acc7bbd98c9e2187a5fa49899302ee24ef938f6283e773a4a39aa83bed', 'a4c3922323c51eb4c5926f5270837a72d10ccd396d7a1bab793a4f5f911378dc'),
	('H49.61-261123-0017', 8, 'Paid', '{"amount": 75000, "channel": "transfer", "evidence": "bank:1017595600:FT0017:1"}', 'hub', '2026-11-23 19:15:15.607586+00', 'a4c3922323c51eb4c5926f5270837a72d10ccd396d7a1bab793a4f5f911378dc', '0016bdfc4ce22af0cb427aa6db436d96bed2a9726b120264eea3b5fa964b693a'),
	('H49.61-261123-0017', 9, 'Released', '{"due": 75000, "paid": 75000, "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73"}', 'hub', '2026-11-23 19:15:15.619073+00', '0016bdfc4ce22af0cb427aa6db436d96bed2a9726b120264eea3b5fa964b693a', '6fe6128e71ca5293523c5bf5380868aa774d8b3a9ab959b83d082b2f05dd8a4a'),
	('H49.61-261123-0017', 10, 'Booked', '{"carrier": "vnpost", "tracking": "EB584120176VN", "reference": "H49.61-261123-0017-D-1"}', 'dispatch', '2026-11-23 19:15:15.634283+00', '6fe6128e71ca5293523c5bf5380868aa774d8b3a9ab959b83d082b2f05dd8a4a', '1fda02f466561a786208c19d2495f7ca50a6de6e4db9759bab0be7437330bc68'),
	('H49.61-261123-0015', 11, 'Listed', '{"manifest": "BK-261123-01"}', 'tai', '2026-11-23 19:15:15.675101+00', 'd4ad2b7d55f73c9c05ebed280eb9d0d017d4b6dee4215af9d467b49f9c0cdfc5', '3aeccdf25a8f81cf6742ceec1ad9971e0203338e4c1d0b78bed74acd6096579d'),
	('H49.61-261123-0016', 11, 'Listed', '{"manifest": "BK-261123-01"}', 'tai', '2026-11-23 19:15:15.680427+00', 'fa194614b420cd5ce75f0145cd074ea09bf333489626bb6e3a8a50d5e7bee7ed', 'c0b268efa2cc24487c9dbd0019412cecd18a99bf3b02928b3f37fc9405c0bc4f'),
	('H49.61-261123-0017', 11, 'Listed', '{"manifest": "BK-261123-01"}', 'tai', '2026-11-23 19:15:15.685072+00', '1fda02f466561a786208c19d2495f7ca50a6de6e4db9759bab0be7437330bc68', 'bc8603129f54332dfdaa6712e07fc8d173be2aae688e1b46714a7aa32e3f5d23'),
	('H49.61-261123-0015', 12, 'HandedOver', '{"manifest": "BK-261123-01", "postal_worker": "minh"}', 'minh', '2026-11-23 19:15:15.780125+00', '3aeccdf25a8f81cf6742ceec1ad9971e0203338e4c1d0b78bed74acd6096579d', 'a9dad1574f26ae53c5bfd58758256201e621119d3b8a851243b479bb80714de5'),
	('H49.61-261123-0016', 12, 'HandedOver', '{"manifest": "BK-261123-01", "postal_worker": "minh"}', 'minh', '2026-11-23 19:15:15.785684+00', 'c0b268efa2cc24487c9dbd0019412cecd18a99bf3b02928b3f37fc9405c0bc4f', 'a0df743c82239d0a1d13a7ee9b7261105f5af77e6585a5db8cf3cff834f1932e'),
	('H49.61-261123-0017', 12, 'HandedOver', '{"manifest": "BK-261123-01", "postal_worker": "minh"}', 'minh', '2026-11-23 19:15:15.790939+00', 'bc8603129f54332dfdaa6712e07fc8d173be2aae688e1b46714a7aa32e3f5d23', 'a22359335971e058993680250e809035da4a64e51264756b96b315a900077900'),
	('H49.61-261123-0016', 13, 'Carried', '{"at": "2026-11-23T03:00:00+00:00", "code": "c-delivered", "status": "delivered", "tracking": "EB584120012VN"}', 'vnpost', '2026-11-23 19:15:15.805023+00', 'a0df743c82239d0a1d13a7ee9b7261105f5af77e6585a5db8cf3cff834f1932e', 'f88b48e07b63e8ffbef18b97145b5375d9436c8670a016a45f1d39d08df3d703'),
	('H49.61-261123-0017', 13, 'Carried', '{"at": "2026-11-23T03:00:00+00:00", "code": "c-returned", "status": "returned", "tracking": "EB584120012VN"}', 'vnpost', '2026-11-23 19:15:15.820319+00', 'a22359335971e058993680250e809035da4a64e51264756b96b315a900077900', 'c1588f70c5a8258a432321e9d838ef30f53d4a7214bfe639d002c64772a21d46'),
	('H49.61-261123-0018', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:15.837963+00', '0000000000000000000000000000000000000000000000000000000000000000', 'd80ea3e3858d1b0a643f50392fbf17b476f42a2dbe08d6835ed2e99f8a47c34e'),
	('H49.61-261123-0018', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000001715"}', 'hub', '2026-11-23 19:15:15.851284+00', 'd80ea3e3858d1b0a643f50392fbf17b476f42a2dbe08d6835ed2e99f8a47c34e', '75349446fac86741c7e693012627ac22aa01a07ba2bfd2450115c2f39fd04217'),
	('H49.61-261123-0018', 3, 'Submitted', '{"document": "1a3cf8683029497d08e255f1043675472dc99e1b9440eb2f08d163f4d9f54466", "official": "hung"}', 'hub', '2026-11-23 19:15:15.871681+00', '75349446fac86741c7e693012627ac22aa01a07ba2bfd2450115c2f39fd04217', 'eaf94f4a4592256f5512a08627c3041e313c2645d42cf45fa58429184fa2a364'),
	('H49.61-261123-0018', 4, 'Signed', '{"over": "1a3cf8683029497d08e255f1043675472dc99e1b9440eb2f08d163f4d9f54466", "document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "official": "hung", "certificate": "d791c8d44927361649c88afa1e22d010d34a501e3b7395700f931700e721fdbe"}', 'hung', '2026-11-23 19:15:15.880071+00', 'eaf94f4a4592256f5512a08627c3041e313c2645d42cf45fa58429184fa2a364', 'd765ea7ef5b0be08d24a7c494515e9f8aed7493390c05291e54244915ee26b40'),
	('H49.61-261123-0018', 5, 'Numbered', '{"clerk": "lan", "number": "08/GPXD", "issued_on": "2026-11-23"}', 'lan', '2026-11-23 19:15:15.899493+00', 'd765ea7ef5b0be08d24a7c494515e9f8aed7493390c05291e54244915ee26b40', '91cbf4323bc41be4a5052ddec4cb42d6c85e34c8cc0050d1b30fb1889d5d3d61'),
	('H49.61-261123-0018', 6, 'Sealed', '{"over": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "clerk": "lan", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "certificate": "f56b1792cc14ff50d88aaedbb5e6101489a80bdfa59045f008462b5a8f5a617e"}', 'lan', '2026-11-23 19:15:15.905621+00', '91cbf4323bc41be4a5052ddec4cb42d6c85e34c8cc0050d1b30fb1889d5d3d61', '8c3e5eb7abce602590f7ba53e9549bc7837b2d58c42ab97eabb2c8807bbed9ce'),
	('H49.61-261123-0018', 7, 'Verified', '{"document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "verifier": "pyhanko"}', 'pyhanko', '2026-11-23 19:15:15.910928+00', '8c3e5eb7abce602590f7ba53e9549bc7837b2d58c42ab97eabb2c8807bbed9ce', '36a5991e7e23f4552a104dd74890642cf8963da130bb653ed4ec5d76d1e08dc3');
INSERT INTO public.hub_register_fact_2026_11 VALUES
	('H49.61-261123-0018', 8, 'Paid', '{"amount": 75000, "channel": "transfer", "evidence": "bank:1017595600:FT0018:1"}', 'hub', '2026-11-23 19:15:15.950467+00', '36a5991e7e23f4552a104dd74890642cf8963da130bb653ed4ec5d76d1e08dc3', 'a555c82d0719c8af6dd5478ac6796e0d181bd7a3c268d9ab4b2ffea9291ac87f'),
	('H49.61-261123-0018', 9, 'Released', '{"due": 75000, "paid": 75000, "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73"}', 'hub', '2026-11-23 19:15:15.963551+00', 'a555c82d0719c8af6dd5478ac6796e0d181bd7a3c268d9ab4b2ffea9291ac87f', '0cb93bc7071e3a2ff95c445fb156c3f2a0d86fd8d405f8f24cfcdc1639fe6db0'),
	('H49.61-261123-0018', 10, 'Booked', '{"carrier": "vnpost", "tracking": "EB584120180VN", "reference": "H49.61-261123-0018-D-1"}', 'dispatch', '2026-11-23 19:15:15.982074+00', '0cb93bc7071e3a2ff95c445fb156c3f2a0d86fd8d405f8f24cfcdc1639fe6db0', 'ff27bbbb4e30f0bd736a6552fbd6f4695e050630f80797c5ef73e7c5a6ab65ad'),
	('H49.61-261123-0018', 11, 'Listed', '{"manifest": "BK-261123-02"}', 'tai', '2026-11-23 19:15:15.998022+00', 'ff27bbbb4e30f0bd736a6552fbd6f4695e050630f80797c5ef73e7c5a6ab65ad', '807c003472b85014c207937bcec6019d11d89714b0b5f874bcfdc21808a189c6'),
	('H49.61-261123-0019', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "counter", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:16.124099+00', '0000000000000000000000000000000000000000000000000000000000000000', '3ef15536dfe68d7d4924cedee095405935f7d9b71f5b602fef476866dc51d50d'),
	('H49.61-261123-0019', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000001885"}', 'hub', '2026-11-23 19:15:16.138764+00', '3ef15536dfe68d7d4924cedee095405935f7d9b71f5b602fef476866dc51d50d', '89cde068b85f11ea05085619e357a963b1667816b381279870926b5925ff7447'),
	('H49.61-261123-0019', 3, 'Submitted', '{"document": "d955fe2bcd796b590014fedfb47edfda90fcca71620082f31704ed667ab364d4", "official": "hung"}', 'hub', '2026-11-23 19:15:16.158291+00', '89cde068b85f11ea05085619e357a963b1667816b381279870926b5925ff7447', '41f5428fcbcbdf93c2d5e392577422801d807300b4cabf396023431dd208f56c'),
	('H49.61-261123-0019', 4, 'Signed', '{"over": "d955fe2bcd796b590014fedfb47edfda90fcca71620082f31704ed667ab364d4", "document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "official": "hung", "certificate": "d791c8d44927361649c88afa1e22d010d34a501e3b7395700f931700e721fdbe"}', 'hung', '2026-11-23 19:15:16.166643+00', '41f5428fcbcbdf93c2d5e392577422801d807300b4cabf396023431dd208f56c', '3458500c2ef13be0ed0cf43ed24b5d7ade129e4a0fb82a2656616c7f40906096'),
	('H49.61-261123-0019', 5, 'Numbered', '{"clerk": "lan", "number": "09/GPXD", "issued_on": "2026-11-23"}', 'lan', '2026-11-23 19:15:16.181744+00', '3458500c2ef13be0ed0cf43ed24b5d7ade129e4a0fb82a2656616c7f40906096', 'f3b1ccccb982ba0491bf03065c1d207aaceb4ad1a3430a65c23695f8d3ae1961'),
	('H49.61-261123-0019', 6, 'Sealed', '{"over": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "clerk": "lan", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "certificate": "f56b1792cc14ff50d88aaedbb5e6101489a80bdfa59045f008462b5a8f5a617e"}', 'lan', '2026-11-23 19:15:16.18762+00', 'f3b1ccccb982ba0491bf03065c1d207aaceb4ad1a3430a65c23695f8d3ae1961', 'd7b698837f0526d79c476be66a0c9e77e758ee544bb4b938710a81c46a495fa1'),
	('H49.61-261123-0019', 7, 'Verified', '{"document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "verifier": "pyhanko"}', 'pyhanko', '2026-11-23 19:15:16.193487+00', 'd7b698837f0526d79c476be66a0c9e77e758ee544bb4b938710a81c46a495fa1', 'c12a6c6be5addd075ca4b795131dce7a40ec4c7f64e5df30e37c4dcaf428330c'),
	('H49.61-261123-0019', 8, 'Paid', '{"amount": 75000, "channel": "transfer", "evidence": "bank:1017595600:FT0019:1"}', 'hub', '2026-11-23 19:15:16.234169+00', 'c12a6c6be5addd075ca4b795131dce7a40ec4c7f64e5df30e37c4dcaf428330c', '5eff835471b55c813e56b3c908f64e8afd3fc26cb114001ab736c979b51df640'),
	('H49.61-261123-0019', 9, 'Released', '{"due": 75000, "paid": 75000, "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73"}', 'hub', '2026-11-23 19:15:16.248401+00', '5eff835471b55c813e56b3c908f64e8afd3fc26cb114001ab736c979b51df640', 'bc2c30bf5d852c8e30690cfee00d14f92a6a43eb8d737a7b5e98fc9500fabd6a'),
	('H49.61-261123-0020', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:16.266262+00', '0000000000000000000000000000000000000000000000000000000000000000', '3d7d12bf9599a8effdd7f5bb957805d08ea394103d84a44bac2e3b8f22f50a0c'),
	('H49.61-261123-0020', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000001958"}', 'hub', '2026-11-23 19:15:16.281825+00', '3d7d12bf9599a8effdd7f5bb957805d08ea394103d84a44bac2e3b8f22f50a0c', '21390c2cc2cdb8bd27dd032516bbe0d63f1e2d4c13352f73a7232dd1a8a82314'),
	('H49.61-261123-0020', 3, 'Submitted', '{"document": "b29f2b0008e5690a71b041fe7056436e27c9fd64d0f0533d1f88d00526464013", "official": "hung"}', 'hub', '2026-11-23 19:15:16.301587+00', '21390c2cc2cdb8bd27dd032516bbe0d63f1e2d4c13352f73a7232dd1a8a82314', '61ec9d6bb1b44fc27cce503da1c1ed457678dd7a665a2d08235a32b8d663782b'),
	('H49.61-261123-0020', 4, 'Signed', '{"over": "b29f2b0008e5690a71b041fe7056436e27c9fd64d0f0533d1f88d00526464013", "document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "official": "hung", "certificate": "d791c8d44927361649c88afa1e22d010d34a501e3b7395700f931700e721fdbe"}', 'hung', '2026-11-23 19:15:16.309465+00', '61ec9d6bb1b44fc27cce503da1c1ed457678dd7a665a2d08235a32b8d663782b', 'bdf83366fb37487f733ec8be17b29190e783669c28f32b6cf1b3048d57d95244'),
	('H49.61-261123-0020', 5, 'Numbered', '{"clerk": "lan", "number": "10/GPXD", "issued_on": "2026-11-23"}', 'lan', '2026-11-23 19:15:16.323443+00', 'bdf83366fb37487f733ec8be17b29190e783669c28f32b6cf1b3048d57d95244', '679bc3a05cdf3a752f3a47ec72fcb245d97009e38865d991ad6aa8e0bfd3115c'),
	('H49.61-261123-0020', 6, 'Sealed', '{"over": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "clerk": "lan", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "certificate": "f56b1792cc14ff50d88aaedbb5e6101489a80bdfa59045f008462b5a8f5a617e"}', 'lan', '2026-11-23 19:15:16.328762+00', '679bc3a05cdf3a752f3a47ec72fcb245d97009e38865d991ad6aa8e0bfd3115c', '2996b28ad00f2fdb79e24e5f0854a43055d9f9801e32d085a63e953c7e99f06c'),
	('H49.61-261123-0020', 7, 'Verified', '{"document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "verifier": "pyhanko"}', 'pyhanko', '2026-11-23 19:15:16.333652+00', '2996b28ad00f2fdb79e24e5f0854a43055d9f9801e32d085a63e953c7e99f06c', '67a401a2fa6ab6bc261de38e55e6bb0abda24b921b68eac673c660c714b72742'),
	('H49.61-261123-0020', 8, 'Paid', '{"amount": 75000, "channel": "transfer", "evidence": "bank:1017595600:FT0020:1"}', 'hub', '2026-11-23 19:15:16.36772+00', '67a401a2fa6ab6bc261de38e55e6bb0abda24b921b68eac673c660c714b72742', 'e4afcc54d125190c560eb4b7225f6fcfd0838d512350f31db55f61a3fc38d771'),
	('H49.61-261123-0020', 9, 'Released', '{"due": 75000, "paid": 75000, "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73"}', 'hub', '2026-11-23 19:15:16.380005+00', 'e4afcc54d125190c560eb4b7225f6fcfd0838d512350f31db55f61a3fc38d771', '7d63f0c10e6d3f9bf039d706c3fd055b1b0aeaee2c669c7bab60fa1142c2afc5'),
	('H49.61-261123-0020', 10, 'Booked', '{"carrier": "vnpost", "tracking": "EB584120202VN", "reference": "H49.61-261123-0020-D-1"}', 'dispatch', '2026-11-23 19:15:16.392528+00', '7d63f0c10e6d3f9bf039d706c3fd055b1b0aeaee2c669c7bab60fa1142c2afc5', '1ea5b63e15f944c176d8ba69d84a47b5bea370bc2a9c8bf6f924c29575bd0637'),
	('H49.61-261123-0021', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:16.404478+00', '0000000000000000000000000000000000000000000000000000000000000000', '3eb49c9fe74b8bb11a8dc223538775eb44502e463cc5223f37056ceab1da200a'),
	('H49.61-261123-0021', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000002031"}', 'hub', '2026-11-23 19:15:16.416278+00', '3eb49c9fe74b8bb11a8dc223538775eb44502e463cc5223f37056ceab1da200a', '63f49e98c9242254d98728bdae59745b9cfee41a741a09476451b68d98883dc8'),
	('H49.61-261123-0021', 3, 'Submitted', '{"document": "0a59c0b7e0fabe9e3c9b5fb831d66ae7ab9c2f674904a8269184473dbdf2f3f0", "official": "hung"}', 'hub', '2026-11-23 19:15:16.432091+00', '63f49e98c9242254d98728bdae59745b9cfee41a741a09476451b68d98883dc8', 'd010600421e09fe5b6e18bcc8de320942214ff628da5db879e7bd09fd3c20780'),
	('H49.61-261123-0021', 4, 'Signed', '{"over": "0a59c0b7e0fabe9e3c9b5fb831d66ae7ab9c2f674904a8269184473dbdf2f3f0", "document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "official": "hung", "certificate": "d791c8d44927361649c88afa1e22d010d34a501e3b7395700f931700e721fdbe"}', 'hung', '2026-11-23 19:15:16.439496+00', 'd010600421e09fe5b6e18bcc8de320942214ff628da5db879e7bd09fd3c20780', '3d18358d6a25f3ec3b4ba3dae1acf7ec859e38ae4eddfac662242be62025e02c'),
	('H49.61-261123-0021', 5, 'Numbered', '{"clerk": "lan", "number": "11/GPXD", "issued_on": "2026-11-23"}', 'lan', '2026-11-23 19:15:16.449821+00', '3d18358d6a25f3ec3b4ba3dae1acf7ec859e38ae4eddfac662242be62025e02c', 'e445f5b5eaa01dd8b08eaf7664f87a74c11663b55fe1c3a1e0e79ef2c73f95b1'),
	('H49.61-261123-0021', 6, 'Sealed', '{"over": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "clerk": "lan", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "certificate": "f56b1792cc14ff50d88aaedbb5e6101489a80bdfa59045f008462b5a8f5a617e"}', 'lan', '2026-11-23 19:15:16.454034+00', 'e445f5b5eaa01dd8b08eaf7664f87a74c11663b55fe1c3a1e0e79ef2c73f95b1', 'a0b00685b0349f410089f243a9cff14dad75c5e91d9efc716b8e0173b43c9f0c'),
	('H49.61-261123-0021', 7, 'Verified', '{"document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "verifier": "pyhanko"}', 'pyhanko', '2026-11-23 19:15:16.458442+00', 'a0b00685b0349f410089f243a9cff14dad75c5e91d9efc716b8e0173b43c9f0c', '8c82984d0b49a5ae3245a7cc186678dfad692f116952479132441ee528104122'),
	('H49.61-261123-0021', 8, 'Paid', '{"amount": 75000, "channel": "transfer", "evidence": "bank:1017595600:FT0021:1"}', 'hub', '2026-11-23 19:15:16.493031+00', '8c82984d0b49a5ae3245a7cc186678dfad692f116952479132441ee528104122', '6e63c5b4bb81173e35202182268d4fbc0a895cf6e3fd2a4edf3bbb55aa909bd5'),
	('H49.61-261123-0021', 9, 'Released', '{"due": 75000, "paid": 75000, "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73"}', 'hub', '2026-11-23 19:15:16.504306+00', '6e63c5b4bb81173e35202182268d4fbc0a895cf6e3fd2a4edf3bbb55aa909bd5', 'e99e9ae9375f618962d39b757415a11bd506255f07c039de9bf784ec6f94c541'),
	('H49.61-261123-0022', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:16.518188+00', '0000000000000000000000000000000000000000000000000000000000000000', '85b04b0666024b82979442f3be053f05e76ca52294e9298fc70eb900dc699443'),
	('H49.61-261123-0022', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000002104"}', 'hub', '2026-11-23 19:15:16.529201+00', '85b04b0666024b82979442f3be053f05e76ca52294e9298fc70eb900dc699443', 'f1df72bda086cfc4df64653ca724c76a1ae5d62cbf8770cd2cc81b8990e50cc0'),
	('H49.61-261123-0022', 3, 'Submitted', '{"document": "b829386f16e339fb661e98cfb08aded0983309d28c25f508d1b00d135a5bed1b", "official": "hung"}', 'hub', '2026-11-23 19:15:16.547413+00', 'f1df72bda086cfc4df64653ca724c76a1ae5d62cbf8770cd2cc81b8990e50cc0', 'c29508c2b1bf4f9a9277e99a735259ad6bb954f81668cd137910c0fa42349be1'),
	('H49.61-261123-0022', 4, 'Signed', '{"over": "b829386f16e339fb661e98cfb08aded0983309d28c25f508d1b00d135a5bed1b", "document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "official": "hung", "certificate": "d791c8d44927361649c88afa1e22d010d34a501e3b7395700f931700e721fdbe"}', 'hung', '2026-11-23 19:15:16.555367+00', 'c29508c2b1bf4f9a9277e99a735259ad6bb954f81668cd137910c0fa42349be1', '801433738166fc27940f0fb8cdaee769f8cb4dec6048a358e2bb96823edd7967'),
	('H49.61-261123-0022', 5, 'Numbered', '{"clerk": "lan", "number": "12/GPXD", "issued_on": "2026-11-23"}', 'lan', '2026-11-23 19:15:16.566195+00', '801433738166fc27940f0fb8cdaee769f8cb4dec6048a358e2bb96823edd7967', '1e02cacc34c365673dae2e3d61761544aff580aefa144f7b315ed0e4fb4ba408'),
	('H49.61-261123-0022', 6, 'Sealed', '{"over": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "clerk": "lan", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "certificate": "f56b1792cc14ff50d88aaedbb5e6101489a80bdfa59045f008462b5a8f5a617e"}', 'lan', '2026-11-23 19:15:16.570267+00', '1e02cacc34c365673dae2e3d61761544aff580aefa144f7b315ed0e4fb4ba408', 'd848c1a2ce7689ad21a117475dcece19c1cb83fc5d359a6eda9904f563b307fa'),
	('H49.61-261123-0022', 7, 'Verified', '{"document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "verifier": "pyhanko"}', 'pyhanko', '2026-11-23 19:15:16.574458+00', 'd848c1a2ce7689ad21a117475dcece19c1cb83fc5d359a6eda9904f563b307fa', '2f8680804432a11bbb23c52134eeec0736dc75e72ebff4d927f3312b7e9c2dfd'),
	('H49.61-261123-0022', 8, 'Paid', '{"amount": 75000, "channel": "transfer", "evidence": "bank:1017595600:FT0022:1"}', 'hub', '2026-11-23 19:15:16.628235+00', '2f8680804432a11bbb23c52134eeec0736dc75e72ebff4d927f3312b7e9c2dfd', '9615117ad6ad26fa8a61592a9cfa422c4555711212ca8f79d861691fa74832b5'),
	('H49.61-261123-0022', 9, 'Released', '{"due": 75000, "paid": 75000, "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73"}', 'hub', '2026-11-23 19:15:16.649181+00', '9615117ad6ad26fa8a61592a9cfa422c4555711212ca8f79d861691fa74832b5', '2f31681d4912589daffcb5ca5fc06ad73a8c7744a821ffdab5042a8c61cf305a'),
	('H49.61-261123-0023', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:16.683636+00', '0000000000000000000000000000000000000000000000000000000000000000', 'd2fc5c051ba48c78332cb2f374b004f22c680db988ec55a94362d96e2c94919e'),
	('H49.61-261123-0023', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000002274"}', 'hub', '2026-11-23 19:15:16.702559+00', 'd2fc5c051ba48c78332cb2f374b004f22c680db988ec55a94362d96e2c94919e', 'fe5aa9703acc5c5346d1949a58b23f6d163d5fc26ac0d95525d11514759466f3'),
	('H49.61-261123-0023', 3, 'Submitted', '{"document": "da05f3487ca657d2d3c9dc7d4fadbb04ed92a687e26ceb50746b7760889c8e32", "official": "hung"}', 'hub', '2026-11-23 19:15:16.724013+00', 'fe5aa9703acc5c5346d1949a58b23f6d163d5fc26ac0d95525d11514759466f3', '77334d74629b703d3f4fe94ab7febb53d77d540ca6cf5cf9e2c2ad60fbfc24f7'),
	('H49.61-261123-0023', 4, 'Signed', '{"over": "da05f3487ca657d2d3c9dc7d4fadbb04ed92a687e26ceb50746b7760889c8e32", "document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "official": "hung", "certificate": "d791c8d44927361649c88afa1e22d010d34a501e3b7395700f931700e721fdbe"}', 'hung', '2026-11-23 19:15:16.73259+00', '77334d74629b703d3f4fe94ab7febb53d77d540ca6cf5cf9e2c2ad60fbfc24f7', 'c5259588010ac986b3c8eb26c1ff2cfd2abc04cf6a3ce9bbbb70a59be768da91'),
	('H49.61-261123-0023', 5, 'Numbered', '{"clerk": "lan", "number": "13/GPXD", "issued_on": "2026-11-23"}', 'lan', '2026-11-23 19:15:16.754973+00', 'c5259588010ac986b3c8eb26c1ff2cfd2abc04cf6a3ce9bbbb70a59be768da91', '89ee8c29b851eda40e4aebc2cf6cf19f5c7480626d0a19e28794a1fa3ca95469'),
	('H49.61-261123-0023', 6, 'Sealed', '{"over": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "clerk": "lan", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "certificate": "f56b1792cc14ff50d88aaedbb5e6101489a80bdfa59045f008462b5a8f5a617e"}', 'lan', '2026-11-23 19:15:16.761949+00', '89ee8c29b851eda40e4aebc2cf6cf19f5c7480626d0a19e28794a1fa3ca95469', '51876d570c86c554ab9c7911eacf5894f0f97d824df89ce564ed59aae364ffa9'),
	('H49.61-261123-0023', 7, 'Verified', '{"document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "verifier": "pyhanko"}', 'pyhanko', '2026-11-23 19:15:16.768873+00', '51876d570c86c554ab9c7911eacf5894f0f97d824df89ce564ed59aae364ffa9', '3a95b739d5d703357145980ac3e02a3cb86ff51fc0a4102fb57c6ff352fd39f7'),
	('H49.61-261123-0023', 8, 'Paid', '{"amount": 75000, "channel": "transfer", "evidence": "bank:1017595600:FT0023:1"}', 'hub', '2026-11-23 19:15:16.813944+00', '3a95b739d5d703357145980ac3e02a3cb86ff51fc0a4102fb57c6ff352fd39f7', 'f3a4f8d2e47447da3f28d69cfbe31b0b7d6da35f1902ddda6116a7ac880dbe9a'),
	('H49.61-261123-0023', 9, 'Released', '{"due": 75000, "paid": 75000, "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73"}', 'hub', '2026-11-23 19:15:16.824718+00', 'f3a4f8d2e47447da3f28d69cfbe31b0b7d6da35f1902ddda6116a7ac880dbe9a', '1e961d92e36d808ec37429fd74cc799cc9ed169057dbf4a0a3abe02e9c3d56d0');
INSERT INTO public.hub_register_fact_2026_11 VALUES
	('H49.61-261123-0024', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:16.851639+00', '0000000000000000000000000000000000000000000000000000000000000000', '51352507ae090574c899bbe2d2a72daf208c711eb1a2133324924c7449baad9d'),
	('H49.61-261123-0024', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000002347"}', 'hub', '2026-11-23 19:15:16.865672+00', '51352507ae090574c899bbe2d2a72daf208c711eb1a2133324924c7449baad9d', '3289d246bca93a4657ea3c3214b75abd1e8835b63286fb50f1c41f9a9498a324'),
	('H49.61-261123-0024', 3, 'Submitted', '{"document": "320baa743550715797dc34a2f08749af7fe95ddda785da9e48f630f936cd32f0", "official": "hung"}', 'hub', '2026-11-23 19:15:16.891758+00', '3289d246bca93a4657ea3c3214b75abd1e8835b63286fb50f1c41f9a9498a324', '64c9534e1d729c66a5a217ca5f25fd6c77a5cd9ceba40bf9f662b80fbb0ce50e'),
	('H49.61-261123-0024', 4, 'Signed', '{"over": "320baa743550715797dc34a2f08749af7fe95ddda785da9e48f630f936cd32f0", "document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "official": "hung", "certificate": "d791c8d44927361649c88afa1e22d010d34a501e3b7395700f931700e721fdbe"}', 'hung', '2026-11-23 19:15:16.901945+00', '64c9534e1d729c66a5a217ca5f25fd6c77a5cd9ceba40bf9f662b80fbb0ce50e', '5d8d39fe2141713d251652492885f503998031644df510a52ab2dd349ec970ea'),
	('H49.61-261123-0024', 5, 'Numbered', '{"clerk": "lan", "number": "14/GPXD", "issued_on": "2026-11-23"}', 'lan', '2026-11-23 19:15:16.917554+00', '5d8d39fe2141713d251652492885f503998031644df510a52ab2dd349ec970ea', '31ff98c541bcc71a2f184b9385a049ac06d3836ad42dfeadefa923ac583bb8d6'),
	('H49.61-261123-0024', 6, 'Sealed', '{"over": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "clerk": "lan", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "certificate": "f56b1792cc14ff50d88aaedbb5e6101489a80bdfa59045f008462b5a8f5a617e"}', 'lan', '2026-11-23 19:15:16.921996+00', '31ff98c541bcc71a2f184b9385a049ac06d3836ad42dfeadefa923ac583bb8d6', 'da826224860a1afad7299eb21537779fb3563a5f2f272c65c6c5bd8d519a3200'),
	('H49.61-261123-0024', 7, 'Verified', '{"document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "verifier": "pyhanko"}', 'pyhanko', '2026-11-23 19:15:16.925835+00', 'da826224860a1afad7299eb21537779fb3563a5f2f272c65c6c5bd8d519a3200', 'ec7282f2e005d499902342df95f22db6ac8a8c88349ff9798bae86f91712aa18'),
	('H49.61-261123-0024', 8, 'Paid', '{"amount": 75000, "channel": "transfer", "evidence": "bank:1017595600:FT0024:1"}', 'hub', '2026-11-23 19:15:16.981076+00', 'ec7282f2e005d499902342df95f22db6ac8a8c88349ff9798bae86f91712aa18', '2636dc861a95b7504f76b3b0481b274baa9a92c78f68d4cb1535c550defa39b9'),
	('H49.61-261123-0024', 9, 'Released', '{"due": 75000, "paid": 75000, "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73"}', 'hub', '2026-11-23 19:15:16.991411+00', '2636dc861a95b7504f76b3b0481b274baa9a92c78f68d4cb1535c550defa39b9', '1cb471db60297af01e4d1ff036fcc4f32e6771e6dc67d4c985b72c34ac770108'),
	('H49.61-261123-0024', 10, 'BookingRefused', '{"reason": "địa chỉ không rõ", "carrier": "vnpost", "reference": "H49.61-261123-0024-D-1"}', 'dispatch', '2026-11-23 19:15:17.01037+00', '1cb471db60297af01e4d1ff036fcc4f32e6771e6dc67d4c985b72c34ac770108', 'f2f86b81c0d0879f4c4ef799b9d57e600fec0ef52bb4675da0c9b490a9db4800'),
	('H49.61-261123-0025', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "counter", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:17.026727+00', '0000000000000000000000000000000000000000000000000000000000000000', '4a3c6336821d149afa285255dada28ebb66e94e26821724e173444084d32c28d'),
	('H49.61-261123-0025', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000002420"}', 'hub', '2026-11-23 19:15:17.046872+00', '4a3c6336821d149afa285255dada28ebb66e94e26821724e173444084d32c28d', '85f3909dc7b301ee56cc6d0e2cf75ebc03c319ee2abd55c14c65c3b1a1c44d77'),
	('H49.61-261123-0025', 3, 'Submitted', '{"document": "c3a52ac9befd1e97b88d37a8b72ffaa7a55e416f67f7492a7af37220dfedce8a", "official": "hung"}', 'hub', '2026-11-23 19:15:17.067506+00', '85f3909dc7b301ee56cc6d0e2cf75ebc03c319ee2abd55c14c65c3b1a1c44d77', 'b09e20368a89ac9b04cf2d5d54e00a7730140828fe18ac33ab388b22781709ca'),
	('H49.61-261123-0025', 4, 'Signed', '{"over": "c3a52ac9befd1e97b88d37a8b72ffaa7a55e416f67f7492a7af37220dfedce8a", "document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "official": "hung", "certificate": "d791c8d44927361649c88afa1e22d010d34a501e3b7395700f931700e721fdbe"}', 'hung', '2026-11-23 19:15:17.073494+00', 'b09e20368a89ac9b04cf2d5d54e00a7730140828fe18ac33ab388b22781709ca', '493c46d387c047b1f69ad147610cb1724f7784d2c2b1108d111c8a6aff8d4ba1'),
	('H49.61-261123-0025', 5, 'Numbered', '{"clerk": "lan", "number": "15/GPXD", "issued_on": "2026-11-23"}', 'lan', '2026-11-23 19:15:17.085438+00', '493c46d387c047b1f69ad147610cb1724f7784d2c2b1108d111c8a6aff8d4ba1', '3cdfd4744394725091b804d70b7adbe15356575e632496ca7c87b24380402508'),
	('H49.61-261123-0025', 6, 'Sealed', '{"over": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "clerk": "lan", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "certificate": "f56b1792cc14ff50d88aaedbb5e6101489a80bdfa59045f008462b5a8f5a617e"}', 'lan', '2026-11-23 19:15:17.089642+00', '3cdfd4744394725091b804d70b7adbe15356575e632496ca7c87b24380402508', '67feea7004482f812ee4dd7cfb6424298d5ee11d3fe8269f8e89c3cefab6e2b7'),
	('H49.61-261123-0025', 7, 'Verified', '{"document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "verifier": "pyhanko"}', 'pyhanko', '2026-11-23 19:15:17.093636+00', '67feea7004482f812ee4dd7cfb6424298d5ee11d3fe8269f8e89c3cefab6e2b7', '3612543f294e3f8b2c6367a613630687dc2fbf9def3c6ca581c4f098227a93ca'),
	('H49.61-261123-0025', 8, 'Paid', '{"amount": 75000, "channel": "transfer", "evidence": "bank:1017595600:FT0025:1"}', 'hub', '2026-11-23 19:15:17.161576+00', '3612543f294e3f8b2c6367a613630687dc2fbf9def3c6ca581c4f098227a93ca', '36b681bdbdde7b3471ea030889a6dbf8e0c42f3dfc156e9d791292fd7b3c5b21'),
	('H49.61-261123-0025', 9, 'Released', '{"due": 75000, "paid": 75000, "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73"}', 'hub', '2026-11-23 19:15:17.177201+00', '36b681bdbdde7b3471ea030889a6dbf8e0c42f3dfc156e9d791292fd7b3c5b21', 'dafa1c39eb20c9356feafb3b3449d67c373738ec3cc548da0a675aadb7d24b15'),
	('H49.61-261123-0025', 10, 'Collected', '{"desk": "quay 1"}', 'hub', '2026-11-23 19:15:17.188376+00', 'dafa1c39eb20c9356feafb3b3449d67c373738ec3cc548da0a675aadb7d24b15', '0b3533619d0078c32dbae0eabda39dd7d1aa59b774961500e2daf49b0889ed38'),
	('H49.61-261123-0026', 1, 'Received', '{"unit": "H49.12", "centre": "H49.61", "due_at": "2026-11-24T10:00:00+00:00", "delivery": "post", "document": "ff29d1033daaabe2d233e1db2627d320891b588fe0aa88c3d5ef8004d04cc058", "procedure": "1.009994"}', 'test', '2026-11-23 19:15:17.201559+00', '0000000000000000000000000000000000000000000000000000000000000000', 'b78ac90e0d33372a1fade57ec7cc7af2d172623b0800f301dab57f74c392f5d9'),
	('H49.61-261123-0026', 2, 'Charged', '{"amount": 75000, "channel": "transfer", "reference": "QN0000002590"}', 'hub', '2026-11-23 19:15:17.226403+00', 'b78ac90e0d33372a1fade57ec7cc7af2d172623b0800f301dab57f74c392f5d9', 'ea0473c354e9de12193d4124e013b4f42c3d527de49aba84f2b081b5be9a0add'),
	('H49.61-261123-0026', 3, 'Submitted', '{"document": "45a111946947a71844ac2c5506bd5a5d62fbd48d32101c754defba1654791a07", "official": "hung"}', 'hub', '2026-11-23 19:15:17.250233+00', 'ea0473c354e9de12193d4124e013b4f42c3d527de49aba84f2b081b5be9a0add', 'bba95e25863eb9bee36a6dd54fc9ac42dfbf376341ecee19c0077d7a1f0caeda'),
	('H49.61-261123-0026', 4, 'Signed', '{"over": "45a111946947a71844ac2c5506bd5a5d62fbd48d32101c754defba1654791a07", "document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "official": "hung", "certificate": "d791c8d44927361649c88afa1e22d010d34a501e3b7395700f931700e721fdbe"}', 'hung', '2026-11-23 19:15:17.262524+00', 'bba95e25863eb9bee36a6dd54fc9ac42dfbf376341ecee19c0077d7a1f0caeda', 'c1e17c94e23bce9df81e95617895383f96932a7a7ff9d0cf9494e2ebe223325f'),
	('H49.61-261123-0026', 5, 'Numbered', '{"clerk": "lan", "number": "16/GPXD", "issued_on": "2026-11-23"}', 'lan', '2026-11-23 19:15:17.274059+00', 'c1e17c94e23bce9df81e95617895383f96932a7a7ff9d0cf9494e2ebe223325f', '48ac018ed91c862e329e439a34261e445b450113a8b55f8789aec363a6b2ddbe'),
	('H49.61-261123-0026', 6, 'Sealed', '{"over": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9", "clerk": "lan", "document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "certificate": "f56b1792cc14ff50d88aaedbb5e6101489a80bdfa59045f008462b5a8f5a617e"}', 'lan', '2026-11-23 19:15:17.282916+00', '48ac018ed91c862e329e439a34261e445b450113a8b55f8789aec363a6b2ddbe', '718aedee174d2d09ce22fefa3029117c228ce9d815c1625bf91ba28926a94887'),
	('H49.61-261123-0026', 7, 'Verified', '{"document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73", "verifier": "pyhanko"}', 'pyhanko', '2026-11-23 19:15:17.287452+00', '718aedee174d2d09ce22fefa3029117c228ce9d815c1625bf91ba28926a94887', '13a2b270a46afad90408a90b562dde1624cb0fa9db9a78527934f57a8f5d7a8c');
INSERT INTO public.hub_register_idempotencykey VALUES
	(1, 'test', 'H49.61-261123-0001', 'e8351e73399ae28ef6e4ddfd04893d09b85400bca1cea44771c4e9fd4fd0debe', 'H49.61-261123-0001'),
	(2, 'test', 'H49.61-261123-0002', 'af294fed2f51ff4a7b570c1dcb990913363349346356b2279f1f448c6a27abd9', 'H49.61-261123-0002'),
	(3, 'test', 'H49.61-261123-0003', '9a6262c9492bbcaa07873206f9278f395beebd774b18376694a623262629e43a', 'H49.61-261123-0003'),
	(4, 'test', 'H49.61-261123-0004', '2d756e622f4aaf83e996f22bfe031d18740803ed99e45bbcb5ad08d95fa78409', 'H49.61-261123-0004'),
	(5, 'test', 'H49.61-261123-0005', 'a381fe0e7977dce4b55d6eb97d791a38a96086734187769475153869534ca571', 'H49.61-261123-0005'),
	(6, 'test', 'H49.61-261123-0006', 'd6bb2c5b8c7a0996e9cc6bcb2da6626b11a8d9bb953e7b4ffb8bdbddbf26d091', 'H49.61-261123-0006'),
	(7, 'test', 'H49.61-261123-0007', '9c40073269ca39c6e193840ce7eeb3620b3813ad43864f153f1d363a20c5dd5a', 'H49.61-261123-0007'),
	(8, 'test', 'H49.61-261123-0008', 'b902f5a916cf43e9bb974ec3a4c614232d658e3472879eda9af129c801d9c537', 'H49.61-261123-0008'),
	(9, 'test', 'H49.61-261123-0009', 'ee02e159752db4c0d6c7e4bc766f3f2a768b008865c360395949e0f00f552488', 'H49.61-261123-0009'),
	(10, 'test', 'H49.61-261123-0010', 'ef1a84088b71d807c71c4a58b4303ae81e49cbed938b962720bb6fb37c0ec616', 'H49.61-261123-0010'),
	(11, 'test', 'H49.61-261123-0011', '90fdc94666cd1aa4b0104b2309c953a5e257796d14fad59a897865a09abbb0d1', 'H49.61-261123-0011'),
	(12, 'test', 'H49.61-261123-0012', '8fa81579baeee92a35c485fbb4551cf1ba44dc3dd4c95b4bff5377349baf83ca', 'H49.61-261123-0012'),
	(13, 'test', 'H49.61-261123-0013', '900d85588f1774306d86f2351feb72f21e9650facb7629db4a24f6e227d0f6ad', 'H49.61-261123-0013'),
	(14, 'test', 'H49.61-261123-0014', 'ba855c19a7b98588ae628d03e79edaa32bd5265c6768ea4ae579008bfcb39eb2', 'H49.61-261123-0014'),
	(15, 'test', 'H49.61-261123-0015', 'a9734ac705fa10beb2ad0b42064d1de091a575f21d971f4fa78c10a34d013f7c', 'H49.61-261123-0015'),
	(16, 'test', 'H49.61-261123-0016', 'ddd56c6f7c232bc97ead878b89345b84cfb67106dfce39e9fae83137a4a169ab', 'H49.61-261123-0016'),
	(17, 'test', 'H49.61-261123-0017', '92d7d2b1b2daeb6e93ee52ca8bbfcce074aa86fb3f875f9d9c3ba76646b83665', 'H49.61-261123-0017'),
	(18, 'test', 'H49.61-261123-0018', '4d70b2f37d7e2ff0bb8273a1d0442166dacb7803bd88bc975fce0ee6803cf5f1', 'H49.61-261123-0018'),
	(19, 'test', 'H49.61-261123-0019', '82f3fb0f775f3a70ee9ba1917d9daa4dc4b6d67c8bf8973f7384b882d0c38ff0', 'H49.61-261123-0019'),
	(20, 'test', 'H49.61-261123-0020', 'db2173fdfee1c3d7e5fa2d9a725e270f21178333de2e66ec8c7bf8fc7215a267', 'H49.61-261123-0020'),
	(21, 'test', 'H49.61-261123-0021', '7f79a9e57bcd1d4911f700b92883f8d7158ad65cc96993047c1f4535057508dc', 'H49.61-261123-0021'),
	(22, 'test', 'H49.61-261123-0022', '0cb6645c049edeb3ee23da576fd0faf1b0c8afff4c7575ff2cdfd39c0b199b09', 'H49.61-261123-0022'),
	(23, 'test', 'H49.61-261123-0023', '226971dfafbf47612b2dd921fa595017f721c5809fbd9c5f1773cce38df3e70f', 'H49.61-261123-0023'),
	(24, 'test', 'H49.61-261123-0024', '64f8a1325edd4f3cca91b037fd69d5d310def3344a39d1566a9b52e9b66524b0', 'H49.61-261123-0024'),
	(25, 'test', 'H49.61-261123-0025', 'a99a2d395faff0e09961a1dee4aedbf4364d110eda3705e9cd54ce0b59c59eb5', 'H49.61-261123-0025'),
	(26, 'test', 'H49.61-261123-0026', 'f83fa1a33ff01f91291c415059f9405cccd6d07bfdbcf067c6a2fc57938217d5', 'H49.61-261123-0026');
INSERT INTO public.hub_register_intent VALUES
	(1, 'sign', 'PK-261124-001/1', '{"text": "387d3a89076ca3e7725fa6256ddf6bda9c337eafed49d4a8fe4490cea8e2deb3", "document": "771e84ec0a5844d2083620b313a32d6b3172bb3f729e968997bdbe169815e302"}', 'done', 0, false, NULL, '', '{"document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9"}', '2026-11-23 19:15:14.061369+00', '2026-11-23 19:15:14.077456+00', 'H49.61-261123-0001'),
	(2, 'sign', 'PK-261124-002/2', '{"text": "3b0435a4fdd1d2a5bd3039ef4ab141e816dbed5efcef3c011841673f3b26dae7", "document": "6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9"}', 'done', 0, false, NULL, '', '{"document": "015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73"}', '2026-11-23 19:15:14.269142+00', '2026-11-23 19:15:14.28992+00', 'H49.61-261123-0001'),
	(3, 'book', 'H49.61-261123-0022-D-1', '{"mark": "", "carrier": "vnpost"}', 'open', 1, true, '2026-11-23 19:17:46.665781+00', '20336 2026-11-23 19:15:13.373243+00', '{}', '2026-11-23 19:15:16.66315+00', '2026-11-23 19:15:16.665781+00', 'H49.61-261123-0022'),
	(4, 'book', 'H49.61-261123-0023-D-1', '{"mark": "", "carrier": "vnpost"}', 'unsure', 1, true, NULL, '20336 2026-11-23 19:15:13.373243+00', '{}', '2026-11-23 19:15:16.836223+00', '2026-11-23 19:15:16.838829+00', 'H49.61-261123-0023');
INSERT INTO public.hub_register_procedure VALUES
	('1.009994', 'Cấp giấy phép xây dựng nhà ở riêng lẻ', 'Xây dựng', 'GPXD', 160, '[{"code": "LP01", "kind": "le_phi", "name": "Lệ phí cấp giấy phép", "amount": 75000}]', 'H49.12');
INSERT INTO public.hub_register_task VALUES
	(1, 'sent_back', 'H49.61-261123-0012', 'clerk', 'H49.61', '{}', '2026-11-23 19:15:15.057445+00', NULL, '', 'H49.61-261123-0012'),
	(2, 'delivery_failed', 'H49.61-261123-0017', 'post', 'H49.61', '{"status": "returned", "reference": "H49.61-261123-0017-D-1"}', '2026-11-23 19:15:15.824621+00', NULL, '', 'H49.61-261123-0017'),
	(3, 'booking_refused', 'H49.61-261123-0024', 'post', 'H49.61', '{"reason": "địa chỉ không rõ", "reference": "H49.61-261123-0024-D-1"}', '2026-11-23 19:15:17.014283+00', NULL, '', 'H49.61-261123-0024');
INSERT INTO public.hub_register_unit VALUES
	('H49', 'UBND tỉnh Quảng Ninh', 'department', '2020-01-01', NULL, NULL),
	('H49.12', 'Sở Xây dựng', 'department', '2020-01-01', NULL, NULL),
	('H49.13', 'Sở Y tế', 'department', '2020-01-01', NULL, NULL),
	('H49.61', 'Trung tâm Phục vụ hành chính công tỉnh', 'centre', '2020-01-01', NULL, NULL),
	('H49.62', 'Trung tâm Phục vụ hành chính công phường Hồng Gai', 'centre', '2020-01-01', NULL, NULL);
INSERT INTO public.hub_signing_batch VALUES
	('PK-261124-001', 'official', 'hung', 'done', '2026-11-23 19:15:13.904287+00', '2026-11-23 19:15:14.081999+00', 'ky'),
	('PK-261124-002', 'seal', 'lan', 'done', '2026-11-23 19:15:14.086176+00', '2026-11-23 19:15:14.291816+00', 'dau'),
	('PK-261124-003', 'official', 'hung', 'open', '2026-11-23 19:15:14.53963+00', NULL, 'ky'),
	('PK-261124-004', 'seal', 'lan', 'open', '2026-11-23 19:15:14.702859+00', NULL, 'dau'),
	('PK-261124-005', 'seal', 'lan', 'open', '2026-11-23 19:15:14.812722+00', NULL, 'dau');
INSERT INTO public.hub_signing_number VALUES
	(1, 2026, 'GPXD', 1, '2026-11-24', 'H49.61-261123-0001', 'H49.12'),
	(2, 2026, 'GPXD', 2, '2026-11-23', 'H49.61-261123-0009', 'H49.12'),
	(3, 2026, 'GPXD', 3, '2026-11-23', 'H49.61-261123-0010', 'H49.12'),
	(4, 2026, 'GPXD', 4, '2026-11-23', 'H49.61-261123-0014', 'H49.12'),
	(5, 2026, 'GPXD', 5, '2026-11-23', 'H49.61-261123-0015', 'H49.12'),
	(6, 2026, 'GPXD', 6, '2026-11-23', 'H49.61-261123-0016', 'H49.12'),
	(7, 2026, 'GPXD', 7, '2026-11-23', 'H49.61-261123-0017', 'H49.12'),
	(8, 2026, 'GPXD', 8, '2026-11-23', 'H49.61-261123-0018', 'H49.12'),
	(9, 2026, 'GPXD', 9, '2026-11-23', 'H49.61-261123-0019', 'H49.12'),
	(10, 2026, 'GPXD', 10, '2026-11-23', 'H49.61-261123-0020', 'H49.12'),
	(11, 2026, 'GPXD', 11, '2026-11-23', 'H49.61-261123-0021', 'H49.12'),
	(12, 2026, 'GPXD', 12, '2026-11-23', 'H49.61-261123-0022', 'H49.12'),
	(13, 2026, 'GPXD', 13, '2026-11-23', 'H49.61-261123-0023', 'H49.12'),
	(14, 2026, 'GPXD', 14, '2026-11-23', 'H49.61-261123-0024', 'H49.12'),
	(15, 2026, 'GPXD', 15, '2026-11-23', 'H49.61-261123-0025', 'H49.12'),
	(16, 2026, 'GPXD', 16, '2026-11-23', 'H49.61-261123-0026', 'H49.12');
INSERT INTO public.hub_signing_signer VALUES
	(1, 'official', 'hung', 'Nguyễn Thị Hồng Gấm', 'PHÓ CHỦ TỊCH', '01', '\x3082032f30820217a00302010202142699a38b8346bf43637f695cac94590395aaca62300d06092a864886f70d01010b05003044310b300906035504061302564e3121301f060355040a0c1855424e442074e1bb896e68205175e1baa36e67204e696e683112301006035504030c095465737420526f6f74301e170d3230303130313030303030305a170d3434303832323030303030305a303d310b300906035504061302564e3121301f060355040a0c1855424e442074e1bb896e68205175e1baa36e67204e696e68310b300906035504030c026b7930820122300d06092a864886f70d01010105000382010f003082010a0282010100d54407dc7bb2f61f913b02175d9e3ffde869606154f895e52fbb70b67f00256f41ae20fe02e81f9698f616294832bdebe0516d98bfaa02b066ab34dc68649d18d5141bfc236ec5115b093dc6b4b27cc8c6950c306a00161c741024e93d26f7f6350a57010ae00a2b0c9ab292a0ec0fb00b604dbec14db146a2b5d87337c7039b1fde0dd3b56f707445e65fcd511d23d90710caf76f85338a16a1546243cdc7fe9dca3df4d99065f19762ab9363e870b625f1177bf679478f54d99dcf0fa42f10798ccd0bbcf8b81a9d92a3de1a68390b52f52f301d9d0bd8ad79a77d519949ea7548edf013051a294f96cf2cf016376eb8674b20fbe3f3044db0dbd510feeb3b0203010001a320301e300c0603551d130101ff04023000300e0603551d0f0101ff0404030206c0300d06092a864886f70d01010b0500038201010072c0dbf687ef8399738f39e577ba3752636cca0f3b1dca49d1ba0f8054455547ac73b2e54068585eac3cfdcab08843c1eed2f34188a9f9222ec3f69ad6910b1c9216463e636bfe333e33f09d2275bdae5055b0fea6c857692b9a10fe0d6199c41a80a94bad4cd7cfbdaa38eeaec3bd43fe596fb29506f809d070d3d8d610c7079ce4b14553c03015e4d0b04d5a921dbd30f6a060dcb54d474bcc8759a2cefdec7e75d65ff44ff04739556e525ea7eaa202c294827e84d44b5a61085d309b150e0fce7a49caa68c3bb57c13413ace27e643bf2c0963d88374ab2dad1d831bca82d071e34f171fe074228f1316967d28c2f7439eb0d19e29ed33244cecdfbc7d53', '[]', 'd791c8d44927361649c88afa1e22d010d34a501e3b7395700f931700e721fdbe', 'af4a45b7f9871d88b81a58dacd2bf661369c89e79e6033a00cf57758b1e006ee', 36, '2026-01-01', NULL, 'H49.12', 'ky'),
	(2, 'seal', 'lan', 'Nguyễn Thị Hồng Gấm', 'PHÓ CHỦ TỊCH', '01', '\x3082033030820218a00302010202143ac801c1f4ef4ef63e32e292ad913e19d3726865300d06092a864886f70d01010b05003044310b300906035504061302564e3121301f060355040a0c1855424e442074e1bb896e68205175e1baa36e67204e696e683112301006035504030c095465737420526f6f74301e170d3230303130313030303030305a170d3434303832323030303030305a303e310b300906035504061302564e3121301f060355040a0c1855424e442074e1bb896e68205175e1baa36e67204e696e68310c300a06035504030c0364617530820122300d06092a864886f70d01010105000382010f003082010a0282010100c02c1ffcb7ae3e2134cd1123d6f4642fba5cd62c99510cb5794106e029250f6108eb8496d09efdf7d8e00e8a1be22fc4d32cd6fdf59ca812e69c0a1c95a38beaa228bafa9486cd3ae8c95ad9696e67556f0b7ced1ede010338de57d96ede4f12e95ad1acb0c414515de53d3a8a70cbd97817d6047faaf83567afcfd9bd9aae118cdf94abacf27b00e9f629094f0bc1338e37eda490ee8fbbb9e0894571d9c2d8af2fb86bf2da8e5cdcbb0b7b259bda3ed8d13e3ec6ec3a96d2d938b92a91ca84a287911daca453ca62712b3c1e61dff2728a69b4eb11dc27aee5c9c1d460af8c54128aef1021bf16c52340f1c2d3b2b7a0441005e1b7777d6d79c60bd9dc3d710203010001a320301e300c0603551d130101ff04023000300e0603551d0f0101ff0404030206c0300d06092a864886f70d01010b0500038201010093f1f90b9472d06a414b4cb4b32d03e1f7e3af033a8e27bd7c20af7cce796eeec66d6d889757db97077abed6608e3195c98450ba639cffd8d420d0a7f516ead64f0e67d14f0d7b30f11437287d6240c0c9d82e7054edba3acc982e5f5d18bbf5a24f77d53ce299064c64899ade00aa80eb6a2d7d3624014cb944e7ae6e51be34051e4f4f0044ad7e423b96fb8ff2df85e175ba3b180a369d6ab0bb017ad647b5c56942dd2015853056ea41438ed3b086cc08adf8d0462e8809ea31e5bde1d83f321dec963ee92c2eee458980f521d51954f52c3b96e49cfb10df565d274a71e9c152120035cc6c66b5beb26e8f51d3ade841f0308d7f6dfcd107cc70c5d234ae', '[]', 'f56b1792cc14ff50d88aaedbb5e6101489a80bdfa59045f008462b5a8f5a617e', '53b9fec513a5901c39c5e4bfc875b106d6efce827928df94a8e7b8f0dd15e28a', 36, '2026-01-01', NULL, 'H49.12', 'dau');
INSERT INTO public.hub_signing_signingitem VALUES
	(1, 'official', '771e84ec0a5844d2083620b313a32d6b3172bb3f729e968997bdbe169815e302', 'signed', 1, '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', '', '2026-11-23 19:15:13.899689+00', '2026-11-23 19:15:14.07397+00', 'PK-261124-001', 'H49.61-261123-0001', 1),
	(2, 'seal', '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', 'signed', 1, '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '', '2026-11-23 19:15:14.079731+00', '2026-11-23 19:15:14.282996+00', 'PK-261124-002', 'H49.61-261123-0001', 2),
	(3, 'official', 'd5a7163a50b82ef5bc588519aa4e8a597a22f4796e4cd1be9fd3ac4a5620d8ae', 'on_tray', 0, '', '', '2026-11-23 19:15:14.472642+00', '2026-11-23 19:15:14.472642+00', NULL, 'H49.61-261123-0005', 1),
	(4, 'official', '84ae763a60241d19034b09bf1bbf1f11e05042f1b082261714a8d3630c54e538', 'queued', 1, '', '', '2026-11-23 19:15:14.536244+00', '2026-11-23 19:15:14.53963+00', 'PK-261124-003', 'H49.61-261123-0006', 1),
	(5, 'official', '9db1a1b78629a9fd1cdb07faa5b8756a9dd8517a2a92ddeb975d3b9d769b7b52', 'signed', 0, '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', '', '2026-11-23 19:15:14.605129+00', '2026-11-23 19:15:14.605129+00', NULL, 'H49.61-261123-0007', 1),
	(6, 'seal', '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', 'on_tray', 0, '', '', '2026-11-23 19:15:14.618134+00', '2026-11-23 19:15:14.618134+00', NULL, 'H49.61-261123-0007', 2),
	(7, 'official', '0b81bc2c25f4fa73cba04ca929700e4b6abbbdadb10fe494d572b0e51814efdb', 'signed', 0, '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', '', '2026-11-23 19:15:14.685767+00', '2026-11-23 19:15:14.685767+00', NULL, 'H49.61-261123-0008', 1),
	(8, 'seal', '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', 'queued', 1, '', '', '2026-11-23 19:15:14.699592+00', '2026-11-23 19:15:14.702859+00', 'PK-261124-004', 'H49.61-261123-0008', 2),
	(9, 'official', 'c05fd16d55364e606a80cde9c4a2ff53e15679b28a6bbd3a48d2b7e0adfe80b8', 'signed', 0, '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', '', '2026-11-23 19:15:14.779291+00', '2026-11-23 19:15:14.779291+00', NULL, 'H49.61-261123-0009', 1),
	(10, 'seal', '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', 'queued', 1, '', '', '2026-11-23 19:15:14.794457+00', '2026-11-23 19:15:14.812722+00', 'PK-261124-005', 'H49.61-261123-0009', 2),
	(11, 'official', '5748926403c24f7261f86c56f6138d9783a8ec1faca6b99afb3d98f044d83ba4', 'signed', 0, '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', '', '2026-11-23 19:15:14.88993+00', '2026-11-23 19:15:14.88993+00', NULL, 'H49.61-261123-0010', 1),
	(12, 'seal', '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', 'signed', 0, '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '', '2026-11-23 19:15:14.902186+00', '2026-11-23 19:15:14.902186+00', NULL, 'H49.61-261123-0010', 2),
	(13, 'official', 'cb09ee4c594774fc528a2dd5e267be2d3bc3f41772bf81f3121977c52121a00c', 'sent_back', 0, '', '', '2026-11-23 19:15:15.045057+00', '2026-11-23 19:15:15.050518+00', NULL, 'H49.61-261123-0012', 1),
	(14, 'official', '69a84c20132a3f1e477a7ed2a2c00da6e31b6bd69b81be3f620d566b2a44a89f', 'signed', 0, '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', '', '2026-11-23 19:15:15.141232+00', '2026-11-23 19:15:15.141232+00', NULL, 'H49.61-261123-0014', 1),
	(15, 'seal', '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', 'signed', 0, '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '', '2026-11-23 19:15:15.148565+00', '2026-11-23 19:15:15.148565+00', NULL, 'H49.61-261123-0014', 2),
	(16, 'official', '139f71f3b50b9fddb5a6b5d96c140827fe0e98b7939e1ad3488ac1d195c2faf3', 'signed', 0, '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', '', '2026-11-23 19:15:15.255927+00', '2026-11-23 19:15:15.255927+00', NULL, 'H49.61-261123-0015', 1),
	(17, 'seal', '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', 'signed', 0, '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '', '2026-11-23 19:15:15.262885+00', '2026-11-23 19:15:15.262885+00', NULL, 'H49.61-261123-0015', 2),
	(18, 'official', 'b95548020efddb99b5c4d9d95ca70261a83321194d38bcad322ceb8adfb8f884', 'signed', 0, '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', '', '2026-11-23 19:15:15.413624+00', '2026-11-23 19:15:15.413624+00', NULL, 'H49.61-261123-0016', 1),
	(19, 'seal', '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', 'signed', 0, '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '', '2026-11-23 19:15:15.423121+00', '2026-11-23 19:15:15.423121+00', NULL, 'H49.61-261123-0016', 2),
	(20, 'official', '09d6e2ba9499b58d8c3d97f128d194005afcc89514f37a400fa4566295708542', 'signed', 0, '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', '', '2026-11-23 19:15:15.552335+00', '2026-11-23 19:15:15.552335+00', NULL, 'H49.61-261123-0017', 1),
	(21, 'seal', '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', 'signed', 0, '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '', '2026-11-23 19:15:15.559962+00', '2026-11-23 19:15:15.559962+00', NULL, 'H49.61-261123-0017', 2),
	(22, 'official', '1a3cf8683029497d08e255f1043675472dc99e1b9440eb2f08d163f4d9f54466', 'signed', 0, '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', '', '2026-11-23 19:15:15.874745+00', '2026-11-23 19:15:15.874745+00', NULL, 'H49.61-261123-0018', 1),
	(23, 'seal', '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', 'signed', 0, '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '', '2026-11-23 19:15:15.884558+00', '2026-11-23 19:15:15.884558+00', NULL, 'H49.61-261123-0018', 2),
	(24, 'official', 'd955fe2bcd796b590014fedfb47edfda90fcca71620082f31704ed667ab364d4', 'signed', 0, '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', '', '2026-11-23 19:15:16.161288+00', '2026-11-23 19:15:16.161288+00', NULL, 'H49.61-261123-0019', 1),
	(25, 'seal', '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', 'signed', 0, '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '', '2026-11-23 19:15:16.171224+00', '2026-11-23 19:15:16.171224+00', NULL, 'H49.61-261123-0019', 2),
	(26, 'official', 'b29f2b0008e5690a71b041fe7056436e27c9fd64d0f0533d1f88d00526464013', 'signed', 0, '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', '', '2026-11-23 19:15:16.304294+00', '2026-11-23 19:15:16.304294+00', NULL, 'H49.61-261123-0020', 1),
	(27, 'seal', '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', 'signed', 0, '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '', '2026-11-23 19:15:16.31378+00', '2026-11-23 19:15:16.31378+00', NULL, 'H49.61-261123-0020', 2),
	(28, 'official', '0a59c0b7e0fabe9e3c9b5fb831d66ae7ab9c2f674904a8269184473dbdf2f3f0', 'signed', 0, '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', '', '2026-11-23 19:15:16.434303+00', '2026-11-23 19:15:16.434303+00', NULL, 'H49.61-261123-0021', 1),
	(29, 'seal', '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', 'signed', 0, '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '', '2026-11-23 19:15:16.442958+00', '2026-11-23 19:15:16.442958+00', NULL, 'H49.61-261123-0021', 2),
	(30, 'official', 'b829386f16e339fb661e98cfb08aded0983309d28c25f508d1b00d135a5bed1b', 'signed', 0, '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', '', '2026-11-23 19:15:16.550481+00', '2026-11-23 19:15:16.550481+00', NULL, 'H49.61-261123-0022', 1),
	(31, 'seal', '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', 'signed', 0, '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '', '2026-11-23 19:15:16.558886+00', '2026-11-23 19:15:16.558886+00', NULL, 'H49.61-261123-0022', 2),
	(32, 'official', 'da05f3487ca657d2d3c9dc7d4fadbb04ed92a687e26ceb50746b7760889c8e32', 'signed', 0, '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', '', '2026-11-23 19:15:16.726985+00', '2026-11-23 19:15:16.726985+00', NULL, 'H49.61-261123-0023', 1),
	(33, 'seal', '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', 'signed', 0, '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '', '2026-11-23 19:15:16.736894+00', '2026-11-23 19:15:16.736894+00', NULL, 'H49.61-261123-0023', 2),
	(34, 'official', '320baa743550715797dc34a2f08749af7fe95ddda785da9e48f630f936cd32f0', 'signed', 0, '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', '', '2026-11-23 19:15:16.895319+00', '2026-11-23 19:15:16.895319+00', NULL, 'H49.61-261123-0024', 1),
	(35, 'seal', '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', 'signed', 0, '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '', '2026-11-23 19:15:16.906615+00', '2026-11-23 19:15:16.906615+00', NULL, 'H49.61-261123-0024', 2),
	(36, 'official', 'c3a52ac9befd1e97b88d37a8b72ffaa7a55e416f67f7492a7af37220dfedce8a', 'signed', 0, '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', '', '2026-11-23 19:15:17.069696+00', '2026-11-23 19:15:17.069696+00', NULL, 'H49.61-261123-0025', 1),
	(37, 'seal', '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', 'signed', 0, '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '', '2026-11-23 19:15:17.077571+00', '2026-11-23 19:15:17.077571+00', NULL, 'H49.61-261123-0025', 2),
	(38, 'official', '45a111946947a71844ac2c5506bd5a5d62fbd48d32101c754defba1654791a07', 'signed', 0, '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', '', '2026-11-23 19:15:17.256031+00', '2026-11-23 19:15:17.256031+00', NULL, 'H49.61-261123-0026', 1),
	(39, 'seal', '6584d049e67de35039ffc18aca5cb19a01c631d155291cc57a245f922dacbfb9', 'signed', 0, '015bb669fdd1a83aa108ff0d2f17ea7a94b9e0e7c11262832cefaaf777bc5a73', '', '2026-11-23 19:15:17.266209+00', '2026-11-23 19:15:17.266209+00', NULL, 'H49.61-261123-0026', 2);
INSERT INTO public.hub_signing_token VALUES
	('ky', '/usr/lib/softhsm/libsofthsm2.so', '/tmp/tmpws8_1agf/ky.pin', '{"SOFTHSM2_CONF": "/tmp/tmpws8_1agf/softhsm2.conf"}', '', false),
	('dau', '/usr/lib/softhsm/libsofthsm2.so', '/tmp/tmpws8_1agf/dau.pin', '{"SOFTHSM2_CONF": "/tmp/tmpws8_1agf/softhsm2.conf"}', '', false);
INSERT INTO public.procrastinate_events VALUES
	(1, 1, 'deferred', '2026-11-23 19:15:13.834932+00'),
	(2, 2, 'deferred', '2026-11-23 19:15:13.852277+00'),
	(3, 3, 'deferred', '2026-11-23 19:15:13.90722+00'),
	(4, 4, 'deferred', '2026-11-23 19:15:14.087134+00'),
	(5, 5, 'deferred', '2026-11-23 19:15:14.282371+00'),
	(6, 6, 'deferred', '2026-11-23 19:15:14.313578+00'),
	(7, 7, 'deferred', '2026-11-23 19:15:14.337749+00'),
	(8, 8, 'deferred', '2026-11-23 19:15:14.351089+00'),
	(9, 9, 'deferred', '2026-11-23 19:15:14.37692+00'),
	(10, 10, 'deferred', '2026-11-23 19:15:14.39195+00'),
	(11, 11, 'deferred', '2026-11-23 19:15:14.416405+00'),
	(12, 12, 'deferred', '2026-11-23 19:15:14.431778+00'),
	(13, 13, 'deferred', '2026-11-23 19:15:14.484663+00'),
	(14, 14, 'deferred', '2026-11-23 19:15:14.498558+00'),
	(15, 15, 'deferred', '2026-11-23 19:15:14.542+00'),
	(16, 16, 'deferred', '2026-11-23 19:15:14.557125+00'),
	(17, 17, 'deferred', '2026-11-23 19:15:14.569882+00'),
	(18, 18, 'deferred', '2026-11-23 19:15:14.628896+00'),
	(19, 19, 'deferred', '2026-11-23 19:15:14.643034+00'),
	(20, 20, 'deferred', '2026-11-23 19:15:14.70571+00'),
	(21, 21, 'deferred', '2026-11-23 19:15:14.724651+00'),
	(22, 22, 'deferred', '2026-11-23 19:15:14.74051+00'),
	(23, 23, 'deferred', '2026-11-23 19:15:14.815101+00'),
	(24, 24, 'deferred', '2026-11-23 19:15:14.83523+00'),
	(25, 25, 'deferred', '2026-11-23 19:15:14.849871+00'),
	(26, 26, 'deferred', '2026-11-23 19:15:14.916976+00'),
	(27, 27, 'deferred', '2026-11-23 19:15:14.933374+00'),
	(28, 28, 'deferred', '2026-11-23 19:15:14.944071+00'),
	(29, 29, 'deferred', '2026-11-23 19:15:14.980442+00'),
	(30, 30, 'deferred', '2026-11-23 19:15:15.000301+00'),
	(31, 31, 'deferred', '2026-11-23 19:15:15.012389+00'),
	(32, 32, 'deferred', '2026-11-23 19:15:15.069219+00'),
	(33, 33, 'deferred', '2026-11-23 19:15:15.081809+00'),
	(34, 34, 'deferred', '2026-11-23 19:15:15.101781+00'),
	(35, 35, 'deferred', '2026-11-23 19:15:15.111029+00'),
	(36, 36, 'deferred', '2026-11-23 19:15:15.158381+00'),
	(37, 37, 'deferred', '2026-11-23 19:15:15.185566+00'),
	(38, 38, 'deferred', '2026-11-23 19:15:15.218528+00'),
	(39, 39, 'deferred', '2026-11-23 19:15:15.227869+00'),
	(40, 40, 'deferred', '2026-11-23 19:15:15.273775+00'),
	(41, 41, 'deferred', '2026-11-23 19:15:15.303032+00'),
	(42, 42, 'deferred', '2026-11-23 19:15:15.332035+00'),
	(43, 43, 'deferred', '2026-11-23 19:15:15.36687+00'),
	(44, 44, 'deferred', '2026-11-23 19:15:15.377998+00'),
	(45, 45, 'deferred', '2026-11-23 19:15:15.435525+00'),
	(46, 46, 'deferred', '2026-11-23 19:15:15.462936+00'),
	(47, 47, 'deferred', '2026-11-23 19:15:15.489587+00'),
	(48, 48, 'deferred', '2026-11-23 19:15:15.515523+00'),
	(49, 49, 'deferred', '2026-11-23 19:15:15.527311+00'),
	(50, 50, 'deferred', '2026-11-23 19:15:15.570829+00');
INSERT INTO public.procrastinate_events VALUES
	(51, 51, 'deferred', '2026-11-23 19:15:15.594639+00'),
	(52, 52, 'deferred', '2026-11-23 19:15:15.618299+00'),
	(53, 53, 'deferred', '2026-11-23 19:15:15.833784+00'),
	(54, 54, 'deferred', '2026-11-23 19:15:15.844351+00'),
	(55, 55, 'deferred', '2026-11-23 19:15:15.904723+00'),
	(56, 56, 'deferred', '2026-11-23 19:15:15.935038+00'),
	(57, 57, 'deferred', '2026-11-23 19:15:15.962659+00'),
	(58, 58, 'deferred', '2026-11-23 19:15:16.119005+00'),
	(59, 59, 'deferred', '2026-11-23 19:15:16.131115+00'),
	(60, 60, 'deferred', '2026-11-23 19:15:16.186609+00'),
	(61, 61, 'deferred', '2026-11-23 19:15:16.22097+00'),
	(62, 62, 'deferred', '2026-11-23 19:15:16.261171+00'),
	(63, 63, 'deferred', '2026-11-23 19:15:16.273935+00'),
	(64, 64, 'deferred', '2026-11-23 19:15:16.327961+00'),
	(65, 65, 'deferred', '2026-11-23 19:15:16.35509+00'),
	(66, 66, 'deferred', '2026-11-23 19:15:16.379112+00'),
	(67, 67, 'deferred', '2026-11-23 19:15:16.401343+00'),
	(68, 68, 'deferred', '2026-11-23 19:15:16.410283+00'),
	(69, 69, 'deferred', '2026-11-23 19:15:16.453331+00'),
	(70, 70, 'deferred', '2026-11-23 19:15:16.47804+00'),
	(71, 71, 'deferred', '2026-11-23 19:15:16.50351+00'),
	(72, 72, 'deferred', '2026-11-23 19:15:16.514362+00'),
	(73, 73, 'deferred', '2026-11-23 19:15:16.523198+00'),
	(74, 74, 'deferred', '2026-11-23 19:15:16.569643+00'),
	(75, 75, 'deferred', '2026-11-23 19:15:16.600786+00'),
	(76, 76, 'deferred', '2026-11-23 19:15:16.648209+00'),
	(77, 77, 'deferred', '2026-11-23 19:15:16.676953+00'),
	(78, 78, 'deferred', '2026-11-23 19:15:16.693661+00'),
	(79, 79, 'deferred', '2026-11-23 19:15:16.760888+00'),
	(80, 80, 'deferred', '2026-11-23 19:15:16.797481+00'),
	(81, 81, 'deferred', '2026-11-23 19:15:16.823871+00'),
	(82, 82, 'deferred', '2026-11-23 19:15:16.847751+00'),
	(83, 83, 'deferred', '2026-11-23 19:15:16.857964+00'),
	(84, 84, 'deferred', '2026-11-23 19:15:16.921366+00'),
	(85, 85, 'deferred', '2026-11-23 19:15:16.959336+00'),
	(86, 86, 'deferred', '2026-11-23 19:15:16.990734+00'),
	(87, 87, 'deferred', '2026-11-23 19:15:17.023407+00'),
	(88, 88, 'deferred', '2026-11-23 19:15:17.036575+00'),
	(89, 89, 'deferred', '2026-11-23 19:15:17.088918+00'),
	(90, 90, 'deferred', '2026-11-23 19:15:17.122802+00'),
	(91, 91, 'deferred', '2026-11-23 19:15:17.197422+00'),
	(92, 92, 'deferred', '2026-11-23 19:15:17.209526+00'),
	(93, 93, 'deferred', '2026-11-23 19:15:17.282139+00'),
	(94, 5, 'started', '2026-11-23 19:15:17.312288+00');
INSERT INTO public.procrastinate_jobs VALUES
	(1, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0001"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(2, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0001"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(3, 'signing', 'drain_token', NULL, '{"token": "ky"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(4, 'signing', 'drain_token', NULL, '{"token": "dau"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(6, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0002"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(7, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0003"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(8, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0003"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(9, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0004"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(10, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0004"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(11, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0005"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(12, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0005"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(13, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0006"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(14, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0006"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(15, 'signing', 'drain_token', NULL, '{"token": "ky"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(16, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0007"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(17, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0007"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(18, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0008"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(19, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0008"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(20, 'signing', 'drain_token', NULL, '{"token": "dau"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(21, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0009"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(22, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0009"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(23, 'signing', 'drain_token', NULL, '{"token": "dau"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(24, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0010"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(25, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0010"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(26, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0010"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(27, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0011"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(28, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0011"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(29, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0011"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(30, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0012"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(31, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0012"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(32, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0013"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(33, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0013"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(34, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0014"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(35, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0014"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(36, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0014"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(37, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0014"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(38, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0015"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(39, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0015"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(40, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0015"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(41, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0015"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(42, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0015"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(43, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0016"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(44, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0016"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(45, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0016"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(46, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0016"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(47, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0016"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(48, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0017"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(49, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0017"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(50, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0017"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(51, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0017"}', 'todo', NULL, 0, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs VALUES
	(52, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0017"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(53, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0018"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(54, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0018"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(55, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0018"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(56, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0018"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(57, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0018"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(58, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0019"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(59, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0019"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(60, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0019"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(61, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0019"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(62, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0020"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(63, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0020"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(64, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0020"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(65, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0020"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(66, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0020"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(67, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0021"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(68, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0021"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(69, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0021"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(70, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0021"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(71, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0021"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(72, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0022"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(73, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0022"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(74, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0022"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(75, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0022"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(76, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0022"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(77, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0023"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(78, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0023"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(79, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0023"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(80, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0023"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(81, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0023"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(82, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0024"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(83, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0024"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(84, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0024"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(85, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0024"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(86, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0024"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(87, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0025"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(88, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0025"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(89, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0025"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(90, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0025"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(91, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0026"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(92, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0026"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(93, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0026"}', 'todo', NULL, 0, NULL, 0, false, NULL),
	(5, 'default', 'advance', NULL, '{"dossier": "H49.61-261123-0001"}', 'doing', NULL, 0, NULL, 0, false, 1);
INSERT INTO public.procrastinate_workers OVERRIDING SYSTEM VALUE VALUES
	(1, '2026-11-23 18:15:17.312288+00');
SELECT pg_catalog.setval('public.auth_group_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_permission_id_seq', 196, true);
SELECT pg_catalog.setval('public.auth_user_groups_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_user_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_user_user_permissions_id_seq', 1, false);
SELECT pg_catalog.setval('public.django_content_type_id_seq', 49, true);
SELECT pg_catalog.setval('public.django_migrations_id_seq', 65, true);
SELECT pg_catalog.setval('public.hub_desk_apiclient_units_id_seq', 1, false);
SELECT pg_catalog.setval('public.hub_desk_membership_id_seq', 1, false);
SELECT pg_catalog.setval('public.hub_desk_miss_id_seq', 1, false);
SELECT pg_catalog.setval('public.hub_desk_reading_id_seq', 1, false);
SELECT pg_catalog.setval('public.hub_desk_viewing_id_seq', 1, false);
SELECT pg_catalog.setval('public.hub_dispatch_carrierevent_id_seq', 2, true);
SELECT pg_catalog.setval('public.hub_dispatch_manifestline_id_seq', 4, true);
SELECT pg_catalog.setval('public.hub_payments_account_id_seq', 1, true);
SELECT pg_catalog.setval('public.hub_payments_allocation_id_seq', 12, true);
SELECT pg_catalog.setval('public.hub_payments_attempt_id_seq', 1, true);
SELECT pg_catalog.setval('public.hub_payments_banktransaction_id_seq', 13, true);
SELECT pg_catalog.setval('public.hub_payments_charge_id_seq', 25, true);
SELECT pg_catalog.setval('public.hub_payments_charge_number', 25, true);
SELECT pg_catalog.setval('public.hub_payments_chargeline_id_seq', 25, true);
SELECT pg_catalog.setval('public.hub_payments_dailyclose_id_seq', 1, false);
SELECT pg_catalog.setval('public.hub_payments_discrepancy_id_seq', 1, false);
SELECT pg_catalog.setval('public.hub_payments_statementfile_id_seq', 13, true);
SELECT pg_catalog.setval('public.hub_register_idempotencykey_id_seq', 26, true);
SELECT pg_catalog.setval('public.hub_register_inbox_id_seq', 1, false);
SELECT pg_catalog.setval('public.hub_register_intent_id_seq', 4, true);
SELECT pg_catalog.setval('public.hub_register_task_id_seq', 3, true);
SELECT pg_catalog.setval('public.hub_scheduler_run_id_seq', 1, false);
SELECT pg_catalog.setval('public.hub_signing_number_id_seq', 16, true);
SELECT pg_catalog.setval('public.hub_signing_signer_id_seq', 2, true);
SELECT pg_catalog.setval('public.hub_signing_signingitem_id_seq', 39, true);
SELECT pg_catalog.setval('public.procrastinate_events_id_seq', 94, true);
SELECT pg_catalog.setval('public.procrastinate_jobs_id_seq', 93, true);
SELECT pg_catalog.setval('public.procrastinate_periodic_defers_id_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_workers_id_seq', 1, true);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_user_id_group_id_94350c0c_uniq UNIQUE (user_id, group_id);
ALTER TABLE ONLY public.auth_user
    ADD CONSTRAINT auth_user_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permissions_user_id_permission_id_14a6b632_uniq UNIQUE (user_id, permission_id);
ALTER TABLE ONLY public.auth_user
    ADD CONSTRAINT auth_user_username_key UNIQUE (username);
ALTER TABLE ONLY public.hub_payments_banktransaction
    ADD CONSTRAINT bank_line_once UNIQUE (account_id, bank_reference, occurrence);
ALTER TABLE ONLY public.hub_payments_dailyclose
    ADD CONSTRAINT close_chained UNIQUE (account_id, previous);
ALTER TABLE ONLY public.hub_payments_dailyclose
    ADD CONSTRAINT close_once UNIQUE (account_id, day);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.hub_dispatch_carrierevent
    ADD CONSTRAINT event_once UNIQUE (carrier, event_id);
ALTER TABLE ONLY public.hub_desk_apiclient
    ADD CONSTRAINT hub_desk_apiclient_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.hub_desk_apiclient
    ADD CONSTRAINT hub_desk_apiclient_token_sha256_key UNIQUE (token_sha256);
ALTER TABLE ONLY public.hub_desk_apiclient_units
    ADD CONSTRAINT hub_desk_apiclient_units_apiclient_id_unit_id_1235545b_uniq UNIQUE (apiclient_id, unit_id);
ALTER TABLE ONLY public.hub_desk_apiclient_units
    ADD CONSTRAINT hub_desk_apiclient_units_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_desk_membership
    ADD CONSTRAINT hub_desk_membership_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_desk_miss
    ADD CONSTRAINT hub_desk_miss_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_desk_reading
    ADD CONSTRAINT hub_desk_reading_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_desk_viewing
    ADD CONSTRAINT hub_desk_viewing_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_dispatch_carrierevent
    ADD CONSTRAINT hub_dispatch_carrierevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_dispatch_feedmark
    ADD CONSTRAINT hub_dispatch_feedmark_pkey PRIMARY KEY (carrier);
ALTER TABLE ONLY public.hub_dispatch_manifest
    ADD CONSTRAINT hub_dispatch_manifest_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.hub_dispatch_manifestcount
    ADD CONSTRAINT hub_dispatch_manifestcount_pkey PRIMARY KEY (day);
ALTER TABLE ONLY public.hub_dispatch_manifestline
    ADD CONSTRAINT hub_dispatch_manifestline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_dispatch_manifestline
    ADD CONSTRAINT hub_dispatch_manifestline_shipment_id_key UNIQUE (shipment_id);
ALTER TABLE ONLY public.hub_dispatch_office
    ADD CONSTRAINT hub_dispatch_office_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.hub_dispatch_shipment
    ADD CONSTRAINT hub_dispatch_shipment_pkey PRIMARY KEY (reference);
ALTER TABLE ONLY public.hub_payments_account
    ADD CONSTRAINT hub_payments_account_number_key UNIQUE (number);
ALTER TABLE ONLY public.hub_payments_account
    ADD CONSTRAINT hub_payments_account_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_payments_allocation
    ADD CONSTRAINT hub_payments_allocation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_payments_allocation
    ADD CONSTRAINT hub_payments_allocation_reverses_id_key UNIQUE (reverses_id);
ALTER TABLE ONLY public.hub_payments_attempt
    ADD CONSTRAINT hub_payments_attempt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_payments_attempt
    ADD CONSTRAINT hub_payments_attempt_reference_key UNIQUE (reference);
ALTER TABLE ONLY public.hub_payments_banktransaction
    ADD CONSTRAINT hub_payments_banktransaction_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_payments_charge
    ADD CONSTRAINT hub_payments_charge_dossier_id_key UNIQUE (dossier_id);
ALTER TABLE ONLY public.hub_payments_charge
    ADD CONSTRAINT hub_payments_charge_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_payments_charge
    ADD CONSTRAINT hub_payments_charge_reference_key UNIQUE (reference);
ALTER TABLE ONLY public.hub_payments_chargeline
    ADD CONSTRAINT hub_payments_chargeline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_payments_dailyclose
    ADD CONSTRAINT hub_payments_dailyclose_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_payments_discrepancy
    ADD CONSTRAINT hub_payments_discrepancy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_payments_statementfile
    ADD CONSTRAINT hub_payments_statementfile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_payments_statementfile
    ADD CONSTRAINT hub_payments_statementfile_sha256_key UNIQUE (sha256);
ALTER TABLE ONLY public.hub_payments_waiting
    ADD CONSTRAINT hub_payments_waiting_pkey PRIMARY KEY (transaction_id);
ALTER TABLE ONLY public.hub_register_applicant
    ADD CONSTRAINT hub_register_applicant_pkey PRIMARY KEY (dossier_id);
ALTER TABLE ONLY public.hub_register_connectorhealth
    ADD CONSTRAINT hub_register_connectorhealth_pkey PRIMARY KEY (connector);
ALTER TABLE ONLY public.hub_register_document
    ADD CONSTRAINT hub_register_document_pkey PRIMARY KEY (sha256);
ALTER TABLE ONLY public.hub_register_dossier
    ADD CONSTRAINT hub_register_dossier_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.hub_register_fact
    ADD CONSTRAINT hub_register_fact_pkey PRIMARY KEY (dossier_id, seq, at);
ALTER TABLE ONLY public.hub_register_fact_2026_11
    ADD CONSTRAINT hub_register_fact_2026_11_pkey PRIMARY KEY (dossier_id, seq, at);
ALTER TABLE ONLY public.hub_register_fact_2026_12
    ADD CONSTRAINT hub_register_fact_2026_12_pkey PRIMARY KEY (dossier_id, seq, at);
ALTER TABLE ONLY public.hub_register_fact_2027_01
    ADD CONSTRAINT hub_register_fact_2027_01_pkey PRIMARY KEY (dossier_id, seq, at);
ALTER TABLE ONLY public.hub_register_fact_2027_02
    ADD CONSTRAINT hub_register_fact_2027_02_pkey PRIMARY KEY (dossier_id, seq, at);
ALTER TABLE ONLY public.hub_register_fact_rest
    ADD CONSTRAINT hub_register_fact_rest_pkey PRIMARY KEY (dossier_id, seq, at);
ALTER TABLE ONLY public.hub_register_idempotencykey
    ADD CONSTRAINT hub_register_idempotencykey_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_register_inbox
    ADD CONSTRAINT hub_register_inbox_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_register_intent
    ADD CONSTRAINT hub_register_intent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_register_intent
    ADD CONSTRAINT hub_register_intent_reference_key UNIQUE (reference);
ALTER TABLE ONLY public.hub_register_procedure
    ADD CONSTRAINT hub_register_procedure_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.hub_register_task
    ADD CONSTRAINT hub_register_task_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_register_unit
    ADD CONSTRAINT hub_register_unit_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.hub_scheduler_run
    ADD CONSTRAINT hub_scheduler_run_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_scheduler_schedule
    ADD CONSTRAINT hub_scheduler_schedule_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.hub_signing_batch
    ADD CONSTRAINT hub_signing_batch_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.hub_signing_number
    ADD CONSTRAINT hub_signing_number_dossier_id_key UNIQUE (dossier_id);
ALTER TABLE ONLY public.hub_signing_number
    ADD CONSTRAINT hub_signing_number_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_signing_signer
    ADD CONSTRAINT hub_signing_signer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_signing_signingitem
    ADD CONSTRAINT hub_signing_signingitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_signing_token
    ADD CONSTRAINT hub_signing_token_pkey PRIMARY KEY (label);
ALTER TABLE ONLY public.hub_register_idempotencykey
    ADD CONSTRAINT idempotency_once UNIQUE (client, key);
ALTER TABLE ONLY public.hub_register_inbox
    ADD CONSTRAINT inbox_once UNIQUE (source, external_id);
ALTER TABLE ONLY public.hub_dispatch_manifestline
    ADD CONSTRAINT line_item_once UNIQUE (manifest_id, item);
ALTER TABLE ONLY public.hub_dispatch_manifestline
    ADD CONSTRAINT line_position_once UNIQUE (manifest_id, "position");
ALTER TABLE ONLY public.hub_dispatch_manifest
    ADD CONSTRAINT manifest_run_once UNIQUE (office_id, carrier, day, run);
ALTER TABLE ONLY public.hub_desk_membership
    ADD CONSTRAINT membership_once UNIQUE (user_id, role, unit_id);
ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);
ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_scheduler_run
    ADD CONSTRAINT run_once UNIQUE (schedule_id, fire_at);
ALTER TABLE ONLY public.hub_dispatch_shipment
    ADD CONSTRAINT shipment_attempt_once UNIQUE (dossier_id, leg, attempt);
ALTER TABLE ONLY public.hub_signing_signingitem
    ADD CONSTRAINT signing_item_once UNIQUE (dossier_id, role, document);
ALTER TABLE ONLY public.hub_signing_number
    ADD CONSTRAINT signing_number_once UNIQUE (unit_id, year, register, value);
ALTER TABLE ONLY public.hub_desk_viewing
    ADD CONSTRAINT viewing_once UNIQUE (person, document);
CREATE UNIQUE INDEX allocation_exclusive ON public.hub_payments_allocation USING btree (transaction_id, part, generation) WHERE (reverses_id IS NULL);
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE INDEX auth_user_groups_group_id_97559544 ON public.auth_user_groups USING btree (group_id);
CREATE INDEX auth_user_groups_user_id_6a12ed8b ON public.auth_user_groups USING btree (user_id);
CREATE INDEX auth_user_user_permissions_permission_id_1fbb5f2c ON public.auth_user_user_permissions USING btree (permission_id);
CREATE INDEX auth_user_user_permissions_user_id_a95ead1b ON public.auth_user_user_permissions USING btree (user_id);
CREATE INDEX auth_user_username_6821ab7c_like ON public.auth_user USING btree (username varchar_pattern_ops);
CREATE INDEX bank_line_day ON public.hub_payments_banktransaction USING btree (account_id, booked_on);
CREATE UNIQUE INDEX discrepancy_open_once ON public.hub_payments_discrepancy USING btree (code, subject) WHERE (closed_at IS NULL);
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX dossier_centre_step ON public.hub_register_dossier USING btree (centre_id, next_step, due_at);
CREATE INDEX dossier_step ON public.hub_register_dossier USING btree (next_step, changed_at);
CREATE INDEX dossier_unit_business ON public.hub_register_dossier USING btree (unit_id, business);
CREATE INDEX event_reference ON public.hub_dispatch_carrierevent USING btree (reference, at);
CREATE INDEX hub_desk_apiclient_code_0c9c7ce2_like ON public.hub_desk_apiclient USING btree (code varchar_pattern_ops);
CREATE INDEX hub_desk_apiclient_token_sha256_104e8007_like ON public.hub_desk_apiclient USING btree (token_sha256 varchar_pattern_ops);
CREATE INDEX hub_desk_apiclient_units_apiclient_id_bd145fee ON public.hub_desk_apiclient_units USING btree (apiclient_id);
CREATE INDEX hub_desk_apiclient_units_apiclient_id_bd145fee_like ON public.hub_desk_apiclient_units USING btree (apiclient_id varchar_pattern_ops);
CREATE INDEX hub_desk_apiclient_units_unit_id_dae334ea ON public.hub_desk_apiclient_units USING btree (unit_id);
CREATE INDEX hub_desk_apiclient_units_unit_id_dae334ea_like ON public.hub_desk_apiclient_units USING btree (unit_id varchar_pattern_ops);
CREATE INDEX hub_desk_membership_unit_id_7cdc74b2 ON public.hub_desk_membership USING btree (unit_id);
CREATE INDEX hub_desk_membership_unit_id_7cdc74b2_like ON public.hub_desk_membership USING btree (unit_id varchar_pattern_ops);
CREATE INDEX hub_desk_membership_user_id_3761cf57 ON public.hub_desk_membership USING btree (user_id);
CREATE INDEX hub_desk_reading_at_690827a9 ON public.hub_desk_reading USING btree (at);
CREATE INDEX hub_desk_reading_dossier_id_acf3fe8a ON public.hub_desk_reading USING btree (dossier_id);
CREATE INDEX hub_desk_reading_dossier_id_acf3fe8a_like ON public.hub_desk_reading USING btree (dossier_id varchar_pattern_ops);
CREATE INDEX hub_dispatch_feedmark_carrier_827684a7_like ON public.hub_dispatch_feedmark USING btree (carrier varchar_pattern_ops);
CREATE INDEX hub_dispatch_manifest_day_436348be ON public.hub_dispatch_manifest USING btree (day);
CREATE INDEX hub_dispatch_manifest_number_2b74e6e1_like ON public.hub_dispatch_manifest USING btree (number varchar_pattern_ops);
CREATE INDEX hub_dispatch_manifest_office_id_a5e96759 ON public.hub_dispatch_manifest USING btree (office_id);
CREATE INDEX hub_dispatch_manifest_office_id_a5e96759_like ON public.hub_dispatch_manifest USING btree (office_id varchar_pattern_ops);
CREATE INDEX hub_dispatch_manifestline_manifest_id_61741ca7 ON public.hub_dispatch_manifestline USING btree (manifest_id);
CREATE INDEX hub_dispatch_manifestline_manifest_id_61741ca7_like ON public.hub_dispatch_manifestline USING btree (manifest_id varchar_pattern_ops);
CREATE INDEX hub_dispatch_manifestline_shipment_id_83158c56_like ON public.hub_dispatch_manifestline USING btree (shipment_id varchar_pattern_ops);
CREATE INDEX hub_dispatch_office_code_1ec3439d_like ON public.hub_dispatch_office USING btree (code varchar_pattern_ops);
CREATE INDEX hub_dispatch_office_unit_id_6f814fc1 ON public.hub_dispatch_office USING btree (unit_id);
CREATE INDEX hub_dispatch_office_unit_id_6f814fc1_like ON public.hub_dispatch_office USING btree (unit_id varchar_pattern_ops);
CREATE INDEX hub_dispatch_shipment_dossier_id_121e20c7 ON public.hub_dispatch_shipment USING btree (dossier_id);
CREATE INDEX hub_dispatch_shipment_dossier_id_121e20c7_like ON public.hub_dispatch_shipment USING btree (dossier_id varchar_pattern_ops);
CREATE INDEX hub_dispatch_shipment_office_id_802821e4 ON public.hub_dispatch_shipment USING btree (office_id);
CREATE INDEX hub_dispatch_shipment_office_id_802821e4_like ON public.hub_dispatch_shipment USING btree (office_id varchar_pattern_ops);
CREATE INDEX hub_dispatch_shipment_reference_459c6182_like ON public.hub_dispatch_shipment USING btree (reference varchar_pattern_ops);
CREATE INDEX hub_dispatch_shipment_tracking_6bc3f3eb ON public.hub_dispatch_shipment USING btree (tracking);
CREATE INDEX hub_dispatch_shipment_tracking_6bc3f3eb_like ON public.hub_dispatch_shipment USING btree (tracking varchar_pattern_ops);
CREATE INDEX hub_payments_account_number_0747fb7f_like ON public.hub_payments_account USING btree (number varchar_pattern_ops);
CREATE INDEX hub_payments_account_unit_id_22dc10ef ON public.hub_payments_account USING btree (unit_id);
CREATE INDEX hub_payments_account_unit_id_22dc10ef_like ON public.hub_payments_account USING btree (unit_id varchar_pattern_ops);
CREATE INDEX hub_payments_allocation_attempt_id_faffb2f7 ON public.hub_payments_allocation USING btree (attempt_id);
CREATE INDEX hub_payments_allocation_charge_id_b7d03399 ON public.hub_payments_allocation USING btree (charge_id);
CREATE INDEX hub_payments_allocation_transaction_id_4e3f90a7 ON public.hub_payments_allocation USING btree (transaction_id);
CREATE INDEX hub_payments_attempt_ask_after_30515bae ON public.hub_payments_attempt USING btree (ask_after);
CREATE INDEX hub_payments_attempt_charge_id_5ddf4422 ON public.hub_payments_attempt USING btree (charge_id);
CREATE INDEX hub_payments_attempt_reference_f4f9831b_like ON public.hub_payments_attempt USING btree (reference varchar_pattern_ops);
CREATE INDEX hub_payments_attempt_transaction_5d39bcf9 ON public.hub_payments_attempt USING btree (transaction);
CREATE INDEX hub_payments_attempt_transaction_5d39bcf9_like ON public.hub_payments_attempt USING btree (transaction varchar_pattern_ops);
CREATE INDEX hub_payments_banktransaction_account_id_947f3bca ON public.hub_payments_banktransaction USING btree (account_id);
CREATE INDEX hub_payments_banktransaction_file_id_3171014c ON public.hub_payments_banktransaction USING btree (file_id);
CREATE INDEX hub_payments_charge_account_id_2b1f6081 ON public.hub_payments_charge USING btree (account_id);
CREATE INDEX hub_payments_charge_dossier_id_13ed1dcf_like ON public.hub_payments_charge USING btree (dossier_id varchar_pattern_ops);
CREATE INDEX hub_payments_charge_reference_c054036f_like ON public.hub_payments_charge USING btree (reference varchar_pattern_ops);
CREATE INDEX hub_payments_chargeline_charge_id_65e6866c ON public.hub_payments_chargeline USING btree (charge_id);
CREATE INDEX hub_payments_dailyclose_account_id_f85a95b2 ON public.hub_payments_dailyclose USING btree (account_id);
CREATE INDEX hub_payments_discrepancy_account_id_01eced05 ON public.hub_payments_discrepancy USING btree (account_id);
CREATE INDEX hub_payments_discrepancy_charge_id_d9f8384d ON public.hub_payments_discrepancy USING btree (charge_id);
CREATE INDEX hub_payments_discrepancy_transaction_id_22d0a098 ON public.hub_payments_discrepancy USING btree (transaction_id);
CREATE INDEX hub_payments_statementfile_account_id_0b32a56f ON public.hub_payments_statementfile USING btree (account_id);
CREATE INDEX hub_payments_statementfile_sha256_bbda98f0_like ON public.hub_payments_statementfile USING btree (sha256 varchar_pattern_ops);
CREATE INDEX hub_register_applicant_dossier_id_1cd1a173_like ON public.hub_register_applicant USING btree (dossier_id varchar_pattern_ops);
CREATE INDEX hub_register_connectorhealth_connector_a704a6a7_like ON public.hub_register_connectorhealth USING btree (connector varchar_pattern_ops);
CREATE INDEX hub_register_document_sha256_fe673824_like ON public.hub_register_document USING btree (sha256 varchar_pattern_ops);
CREATE INDEX hub_register_dossier_centre_id_d912e43d ON public.hub_register_dossier USING btree (centre_id);
CREATE INDEX hub_register_dossier_centre_id_d912e43d_like ON public.hub_register_dossier USING btree (centre_id varchar_pattern_ops);
CREATE INDEX hub_register_dossier_code_6a21df07_like ON public.hub_register_dossier USING btree (code varchar_pattern_ops);
CREATE INDEX hub_register_dossier_procedure_id_9f67d471 ON public.hub_register_dossier USING btree (procedure_id);
CREATE INDEX hub_register_dossier_procedure_id_9f67d471_like ON public.hub_register_dossier USING btree (procedure_id varchar_pattern_ops);
CREATE INDEX hub_register_dossier_unit_id_c7814d50 ON public.hub_register_dossier USING btree (unit_id);
CREATE INDEX hub_register_dossier_unit_id_c7814d50_like ON public.hub_register_dossier USING btree (unit_id varchar_pattern_ops);
CREATE INDEX hub_register_idempotencykey_dossier_id_1e6c6796 ON public.hub_register_idempotencykey USING btree (dossier_id);
CREATE INDEX hub_register_idempotencykey_dossier_id_1e6c6796_like ON public.hub_register_idempotencykey USING btree (dossier_id varchar_pattern_ops);
CREATE INDEX hub_register_intent_dossier_id_61b0c172 ON public.hub_register_intent USING btree (dossier_id);
CREATE INDEX hub_register_intent_dossier_id_61b0c172_like ON public.hub_register_intent USING btree (dossier_id varchar_pattern_ops);
CREATE INDEX hub_register_intent_reference_588018a3_like ON public.hub_register_intent USING btree (reference varchar_pattern_ops);
CREATE INDEX hub_register_intent_state_3e267183 ON public.hub_register_intent USING btree (state);
CREATE INDEX hub_register_intent_state_3e267183_like ON public.hub_register_intent USING btree (state varchar_pattern_ops);
CREATE INDEX hub_register_procedure_code_06a1d672_like ON public.hub_register_procedure USING btree (code varchar_pattern_ops);
CREATE INDEX hub_register_procedure_unit_id_1a501e5e ON public.hub_register_procedure USING btree (unit_id);
CREATE INDEX hub_register_procedure_unit_id_1a501e5e_like ON public.hub_register_procedure USING btree (unit_id varchar_pattern_ops);
CREATE INDEX hub_register_task_dossier_id_075ba3ff ON public.hub_register_task USING btree (dossier_id);
CREATE INDEX hub_register_task_dossier_id_075ba3ff_like ON public.hub_register_task USING btree (dossier_id varchar_pattern_ops);
CREATE INDEX hub_register_unit_code_d10dd240_like ON public.hub_register_unit USING btree (code varchar_pattern_ops);
CREATE INDEX hub_register_unit_parent_id_a8ee1d41 ON public.hub_register_unit USING btree (parent_id);
CREATE INDEX hub_register_unit_parent_id_a8ee1d41_like ON public.hub_register_unit USING btree (parent_id varchar_pattern_ops);
CREATE INDEX hub_scheduler_run_schedule_id_817871bc ON public.hub_scheduler_run USING btree (schedule_id);
CREATE INDEX hub_scheduler_run_schedule_id_817871bc_like ON public.hub_scheduler_run USING btree (schedule_id varchar_pattern_ops);
CREATE INDEX hub_scheduler_schedule_name_6723bb5b_like ON public.hub_scheduler_schedule USING btree (name varchar_pattern_ops);
CREATE INDEX hub_signing_batch_code_c0bfa3cc_like ON public.hub_signing_batch USING btree (code varchar_pattern_ops);
CREATE INDEX hub_signing_batch_token_id_5c4e2f5a ON public.hub_signing_batch USING btree (token_id);
CREATE INDEX hub_signing_batch_token_id_5c4e2f5a_like ON public.hub_signing_batch USING btree (token_id varchar_pattern_ops);
CREATE INDEX hub_signing_number_dossier_id_68bd5d0d_like ON public.hub_signing_number USING btree (dossier_id varchar_pattern_ops);
CREATE INDEX hub_signing_number_unit_id_02bf978c ON public.hub_signing_number USING btree (unit_id);
CREATE INDEX hub_signing_number_unit_id_02bf978c_like ON public.hub_signing_number USING btree (unit_id varchar_pattern_ops);
CREATE INDEX hub_signing_signer_token_id_a97daddf ON public.hub_signing_signer USING btree (token_id);
CREATE INDEX hub_signing_signer_token_id_a97daddf_like ON public.hub_signing_signer USING btree (token_id varchar_pattern_ops);
CREATE INDEX hub_signing_signer_unit_id_8721ee86 ON public.hub_signing_signer USING btree (unit_id);
CREATE INDEX hub_signing_signer_unit_id_8721ee86_like ON public.hub_signing_signer USING btree (unit_id varchar_pattern_ops);
CREATE INDEX hub_signing_signingitem_batch_id_c320c5d6 ON public.hub_signing_signingitem USING btree (batch_id);
CREATE INDEX hub_signing_signingitem_batch_id_c320c5d6_like ON public.hub_signing_signingitem USING btree (batch_id varchar_pattern_ops);
CREATE INDEX hub_signing_signingitem_dossier_id_ddb836ea ON public.hub_signing_signingitem USING btree (dossier_id);
CREATE INDEX hub_signing_signingitem_dossier_id_ddb836ea_like ON public.hub_signing_signingitem USING btree (dossier_id varchar_pattern_ops);
CREATE INDEX hub_signing_signingitem_signer_id_2e672b9f ON public.hub_signing_signingitem USING btree (signer_id);
CREATE INDEX hub_signing_token_label_b64e7b2a_like ON public.hub_signing_token USING btree (label varchar_pattern_ops);
CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));
CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);
CREATE INDEX miss_caller ON public.hub_desk_miss USING btree (kind, caller, at);
CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);
CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));
CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);
CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);
CREATE INDEX shipment_office ON public.hub_dispatch_shipment USING btree (office_id, carrier, state);
CREATE UNIQUE INDEX shipment_one_live ON public.hub_dispatch_shipment USING btree (dossier_id, leg) WHERE (NOT ((state)::text = ANY ((ARRAY['refused'::character varying, 'cancelled'::character varying, 'returned'::character varying])::text[])));
CREATE UNIQUE INDEX signing_item_place ON public.hub_signing_signingitem USING btree (batch_id, sequence) WHERE (batch_id IS NOT NULL);
CREATE INDEX signing_item_queue ON public.hub_signing_signingitem USING btree (status, batch_id, sequence);
CREATE INDEX signing_item_tray ON public.hub_signing_signingitem USING btree (signer_id, status);
CREATE UNIQUE INDEX task_open_once ON public.hub_register_task USING btree (kind, subject) WHERE (closed_at IS NULL);
ALTER INDEX public.hub_register_fact_pkey ATTACH PARTITION public.hub_register_fact_2026_11_pkey;
ALTER INDEX public.hub_register_fact_pkey ATTACH PARTITION public.hub_register_fact_2026_12_pkey;
ALTER INDEX public.hub_register_fact_pkey ATTACH PARTITION public.hub_register_fact_2027_01_pkey;
ALTER INDEX public.hub_register_fact_pkey ATTACH PARTITION public.hub_register_fact_2027_02_pkey;
ALTER INDEX public.hub_register_fact_pkey ATTACH PARTITION public.hub_register_fact_rest_pkey;
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.hub_dispatch_carrierevent FOR EACH ROW EXECUTE FUNCTION public.hub_register_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.hub_payments_allocation FOR EACH ROW EXECUTE FUNCTION public.hub_register_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.hub_payments_banktransaction FOR EACH ROW EXECUTE FUNCTION public.hub_register_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.hub_payments_chargeline FOR EACH ROW EXECUTE FUNCTION public.hub_register_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.hub_payments_dailyclose FOR EACH ROW EXECUTE FUNCTION public.hub_register_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.hub_payments_statementfile FOR EACH ROW EXECUTE FUNCTION public.hub_register_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.hub_register_fact FOR EACH ROW EXECUTE FUNCTION public.hub_register_append_only();
CREATE TRIGGER closed BEFORE DELETE OR UPDATE ON public.hub_dispatch_manifest FOR EACH ROW EXECUTE FUNCTION public.hub_dispatch_closed();
CREATE TRIGGER gate_insert BEFORE INSERT ON public.hub_register_dossier FOR EACH ROW WHEN (((new.business)::text = 'released'::text)) EXECUTE FUNCTION public.hub_register_gate();
CREATE TRIGGER gate_update BEFORE UPDATE ON public.hub_register_dossier FOR EACH ROW WHEN ((((new.business)::text = 'released'::text) AND ((old.business)::text <> 'released'::text))) EXECUTE FUNCTION public.hub_register_gate();
CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();
CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();
CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();
CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();
CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();
CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();
CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();
CREATE TRIGGER within AFTER INSERT ON public.hub_payments_allocation FOR EACH ROW EXECUTE FUNCTION public.hub_payments_within();
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_group_id_97559544_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_user_id_6a12ed8b_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permi_permission_id_1fbb5f2c_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permissions_user_id_a95ead1b_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_desk_apiclient_units
    ADD CONSTRAINT hub_desk_apiclient_u_apiclient_id_bd145fee_fk_hub_desk_ FOREIGN KEY (apiclient_id) REFERENCES public.hub_desk_apiclient(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_desk_apiclient_units
    ADD CONSTRAINT hub_desk_apiclient_u_unit_id_dae334ea_fk_hub_regis FOREIGN KEY (unit_id) REFERENCES public.hub_register_unit(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_desk_membership
    ADD CONSTRAINT hub_desk_membership_unit_id_7cdc74b2_fk_hub_register_unit_code FOREIGN KEY (unit_id) REFERENCES public.hub_register_unit(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_desk_membership
    ADD CONSTRAINT hub_desk_membership_user_id_3761cf57_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_desk_reading
    ADD CONSTRAINT hub_desk_reading_dossier_id_acf3fe8a_fk_hub_regis FOREIGN KEY (dossier_id) REFERENCES public.hub_register_dossier(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_dispatch_manifestline
    ADD CONSTRAINT hub_dispatch_manifes_manifest_id_61741ca7_fk_hub_dispa FOREIGN KEY (manifest_id) REFERENCES public.hub_dispatch_manifest(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_dispatch_manifest
    ADD CONSTRAINT hub_dispatch_manifes_office_id_a5e96759_fk_hub_dispa FOREIGN KEY (office_id) REFERENCES public.hub_dispatch_office(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_dispatch_manifestline
    ADD CONSTRAINT hub_dispatch_manifes_shipment_id_83158c56_fk_hub_dispa FOREIGN KEY (shipment_id) REFERENCES public.hub_dispatch_shipment(reference) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_dispatch_office
    ADD CONSTRAINT hub_dispatch_office_unit_id_6f814fc1_fk_hub_register_unit_code FOREIGN KEY (unit_id) REFERENCES public.hub_register_unit(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_dispatch_shipment
    ADD CONSTRAINT hub_dispatch_shipmen_dossier_id_121e20c7_fk_hub_regis FOREIGN KEY (dossier_id) REFERENCES public.hub_register_dossier(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_dispatch_shipment
    ADD CONSTRAINT hub_dispatch_shipmen_office_id_802821e4_fk_hub_dispa FOREIGN KEY (office_id) REFERENCES public.hub_dispatch_office(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_payments_account
    ADD CONSTRAINT hub_payments_account_unit_id_22dc10ef_fk_hub_register_unit_code FOREIGN KEY (unit_id) REFERENCES public.hub_register_unit(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_payments_allocation
    ADD CONSTRAINT hub_payments_allocat_attempt_id_faffb2f7_fk_hub_payme FOREIGN KEY (attempt_id) REFERENCES public.hub_payments_attempt(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_payments_allocation
    ADD CONSTRAINT hub_payments_allocat_charge_id_b7d03399_fk_hub_payme FOREIGN KEY (charge_id) REFERENCES public.hub_payments_charge(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_payments_allocation
    ADD CONSTRAINT hub_payments_allocat_reverses_id_e4ae30e0_fk_hub_payme FOREIGN KEY (reverses_id) REFERENCES public.hub_payments_allocation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_payments_allocation
    ADD CONSTRAINT hub_payments_allocat_transaction_id_4e3f90a7_fk_hub_payme FOREIGN KEY (transaction_id) REFERENCES public.hub_payments_banktransaction(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_payments_attempt
    ADD CONSTRAINT hub_payments_attempt_charge_id_5ddf4422_fk_hub_payme FOREIGN KEY (charge_id) REFERENCES public.hub_payments_charge(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_payments_banktransaction
    ADD CONSTRAINT hub_payments_banktra_account_id_947f3bca_fk_hub_payme FOREIGN KEY (account_id) REFERENCES public.hub_payments_account(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_payments_banktransaction
    ADD CONSTRAINT hub_payments_banktra_file_id_3171014c_fk_hub_payme FOREIGN KEY (file_id) REFERENCES public.hub_payments_statementfile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_payments_charge
    ADD CONSTRAINT hub_payments_charge_account_id_2b1f6081_fk_hub_payme FOREIGN KEY (account_id) REFERENCES public.hub_payments_account(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_payments_charge
    ADD CONSTRAINT hub_payments_charge_dossier_id_13ed1dcf_fk_hub_regis FOREIGN KEY (dossier_id) REFERENCES public.hub_register_dossier(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_payments_chargeline
    ADD CONSTRAINT hub_payments_chargel_charge_id_65e6866c_fk_hub_payme FOREIGN KEY (charge_id) REFERENCES public.hub_payments_charge(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_payments_dailyclose
    ADD CONSTRAINT hub_payments_dailycl_account_id_f85a95b2_fk_hub_payme FOREIGN KEY (account_id) REFERENCES public.hub_payments_account(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_payments_discrepancy
    ADD CONSTRAINT hub_payments_discrep_account_id_01eced05_fk_hub_payme FOREIGN KEY (account_id) REFERENCES public.hub_payments_account(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_payments_discrepancy
    ADD CONSTRAINT hub_payments_discrep_charge_id_d9f8384d_fk_hub_payme FOREIGN KEY (charge_id) REFERENCES public.hub_payments_charge(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_payments_discrepancy
    ADD CONSTRAINT hub_payments_discrep_transaction_id_22d0a098_fk_hub_payme FOREIGN KEY (transaction_id) REFERENCES public.hub_payments_banktransaction(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_payments_statementfile
    ADD CONSTRAINT hub_payments_stateme_account_id_0b32a56f_fk_hub_payme FOREIGN KEY (account_id) REFERENCES public.hub_payments_account(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_payments_waiting
    ADD CONSTRAINT hub_payments_waiting_transaction_id_6402f52b_fk_hub_payme FOREIGN KEY (transaction_id) REFERENCES public.hub_payments_banktransaction(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_register_applicant
    ADD CONSTRAINT hub_register_applica_dossier_id_1cd1a173_fk_hub_regis FOREIGN KEY (dossier_id) REFERENCES public.hub_register_dossier(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_register_dossier
    ADD CONSTRAINT hub_register_dossier_centre_id_d912e43d_fk_hub_regis FOREIGN KEY (centre_id) REFERENCES public.hub_register_unit(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_register_dossier
    ADD CONSTRAINT hub_register_dossier_procedure_id_9f67d471_fk_hub_regis FOREIGN KEY (procedure_id) REFERENCES public.hub_register_procedure(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_register_dossier
    ADD CONSTRAINT hub_register_dossier_unit_id_c7814d50_fk_hub_register_unit_code FOREIGN KEY (unit_id) REFERENCES public.hub_register_unit(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE public.hub_register_fact
    ADD CONSTRAINT hub_register_fact_dossier_id_fkey FOREIGN KEY (dossier_id) REFERENCES public.hub_register_dossier(code);
ALTER TABLE ONLY public.hub_register_idempotencykey
    ADD CONSTRAINT hub_register_idempot_dossier_id_1e6c6796_fk_hub_regis FOREIGN KEY (dossier_id) REFERENCES public.hub_register_dossier(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_register_intent
    ADD CONSTRAINT hub_register_intent_dossier_id_61b0c172_fk_hub_regis FOREIGN KEY (dossier_id) REFERENCES public.hub_register_dossier(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_register_procedure
    ADD CONSTRAINT hub_register_procedu_unit_id_1a501e5e_fk_hub_regis FOREIGN KEY (unit_id) REFERENCES public.hub_register_unit(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_register_task
    ADD CONSTRAINT hub_register_task_dossier_id_075ba3ff_fk_hub_regis FOREIGN KEY (dossier_id) REFERENCES public.hub_register_dossier(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_register_unit
    ADD CONSTRAINT hub_register_unit_parent_id_a8ee1d41_fk_hub_register_unit_code FOREIGN KEY (parent_id) REFERENCES public.hub_register_unit(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_scheduler_run
    ADD CONSTRAINT hub_scheduler_run_schedule_id_817871bc_fk_hub_sched FOREIGN KEY (schedule_id) REFERENCES public.hub_scheduler_schedule(name) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_signing_batch
    ADD CONSTRAINT hub_signing_batch_token_id_5c4e2f5a_fk_hub_signing_token_label FOREIGN KEY (token_id) REFERENCES public.hub_signing_token(label) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_signing_number
    ADD CONSTRAINT hub_signing_number_dossier_id_68bd5d0d_fk_hub_regis FOREIGN KEY (dossier_id) REFERENCES public.hub_register_dossier(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_signing_number
    ADD CONSTRAINT hub_signing_number_unit_id_02bf978c_fk_hub_register_unit_code FOREIGN KEY (unit_id) REFERENCES public.hub_register_unit(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_signing_signer
    ADD CONSTRAINT hub_signing_signer_token_id_a97daddf_fk_hub_signing_token_label FOREIGN KEY (token_id) REFERENCES public.hub_signing_token(label) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_signing_signer
    ADD CONSTRAINT hub_signing_signer_unit_id_8721ee86_fk_hub_register_unit_code FOREIGN KEY (unit_id) REFERENCES public.hub_register_unit(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_signing_signingitem
    ADD CONSTRAINT hub_signing_signingi_batch_id_c320c5d6_fk_hub_signi FOREIGN KEY (batch_id) REFERENCES public.hub_signing_batch(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_signing_signingitem
    ADD CONSTRAINT hub_signing_signingi_dossier_id_ddb836ea_fk_hub_regis FOREIGN KEY (dossier_id) REFERENCES public.hub_register_dossier(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_signing_signingitem
    ADD CONSTRAINT hub_signing_signingi_signer_id_2e672b9f_fk_hub_signi FOREIGN KEY (signer_id) REFERENCES public.hub_signing_signer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);
ALTER TABLE public.hub_dispatch_shipment ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.hub_payments_account ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.hub_payments_allocation ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.hub_payments_attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.hub_payments_banktransaction ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.hub_payments_charge ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.hub_payments_chargeline ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.hub_payments_dailyclose ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.hub_payments_discrepancy ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.hub_payments_statementfile ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.hub_register_applicant ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.hub_register_dossier ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.hub_register_fact ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON public.hub_dispatch_shipment USING (((current_setting('motcua.units'::text, true) = '*'::text) OR (EXISTS ( SELECT
   FROM public.hub_register_dossier d
  WHERE ((d.code)::text = (hub_dispatch_shipment.dossier_id)::text)))));
CREATE POLICY scope ON public.hub_payments_account USING (((current_setting('motcua.units'::text, true) = '*'::text) OR ((unit_id)::text = ANY (string_to_array(current_setting('motcua.units'::text, true), ','::text)))));
CREATE POLICY scope ON public.hub_payments_allocation USING (((current_setting('motcua.units'::text, true) = '*'::text) OR (EXISTS ( SELECT
   FROM public.hub_payments_banktransaction t
  WHERE (t.id = hub_payments_allocation.transaction_id)))));
CREATE POLICY scope ON public.hub_payments_attempt USING (((current_setting('motcua.units'::text, true) = '*'::text) OR (EXISTS ( SELECT
   FROM public.hub_payments_charge c
  WHERE (c.id = hub_payments_attempt.charge_id)))));
CREATE POLICY scope ON public.hub_payments_banktransaction USING (((current_setting('motcua.units'::text, true) = '*'::text) OR (EXISTS ( SELECT
   FROM public.hub_payments_account a
  WHERE (a.id = hub_payments_banktransaction.account_id)))));
CREATE POLICY scope ON public.hub_payments_charge USING (((current_setting('motcua.units'::text, true) = '*'::text) OR (EXISTS ( SELECT
   FROM public.hub_register_dossier d
  WHERE ((d.code)::text = (hub_payments_charge.dossier_id)::text)))));
CREATE POLICY scope ON public.hub_payments_chargeline USING (((current_setting('motcua.units'::text, true) = '*'::text) OR (EXISTS ( SELECT
   FROM public.hub_payments_charge c
  WHERE (c.id = hub_payments_chargeline.charge_id)))));
CREATE POLICY scope ON public.hub_payments_dailyclose USING (((current_setting('motcua.units'::text, true) = '*'::text) OR (EXISTS ( SELECT
   FROM public.hub_payments_account a
  WHERE (a.id = hub_payments_dailyclose.account_id)))));
CREATE POLICY scope ON public.hub_payments_discrepancy USING (((current_setting('motcua.units'::text, true) = '*'::text) OR ((unit)::text = ANY (string_to_array(current_setting('motcua.units'::text, true), ','::text)))));
CREATE POLICY scope ON public.hub_payments_statementfile USING (((current_setting('motcua.units'::text, true) = '*'::text) OR (EXISTS ( SELECT
   FROM public.hub_payments_account a
  WHERE (a.id = hub_payments_statementfile.account_id)))));
CREATE POLICY scope ON public.hub_register_applicant USING (((current_setting('motcua.units'::text, true) = '*'::text) OR (EXISTS ( SELECT
   FROM public.hub_register_dossier d
  WHERE ((d.code)::text = (hub_register_applicant.dossier_id)::text)))));
CREATE POLICY scope ON public.hub_register_dossier USING (public.hub_register_sees((unit_id)::text, (centre_id)::text));
CREATE POLICY scope ON public.hub_register_fact USING (((current_setting('motcua.units'::text, true) = '*'::text) OR (EXISTS ( SELECT
   FROM public.hub_register_dossier d
  WHERE ((d.code)::text = (hub_register_fact.dossier_id)::text)))));
