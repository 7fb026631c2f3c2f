import apply from './apply.json';
import audit from './audit.json';
import auth from './auth.json';
import common from './common.json';
import decision from './decision.json';
import definitions from './definitions.json';
import error from './error.json';
import form from './form.json';
import formBuilder from './formBuilder.json';
import inbox from './inbox.json';
import incidents from './incidents.json';
import instance from './instance.json';
import instanceList from './instanceList.json';
import masterData from './masterData.json';
import migration from './migration.json';
import notices from './notices.json';
import offline from './offline.json';
import operate from './operate.json';
import operations from './operations.json';
import quality from './quality.json';
import qualitySet from './qualitySet.json';
import refusal from './refusal.json';
import registry from './registry.json';
import retention from './retention.json';
import routing from './routing.json';
import settings from './settings.json';
import shell from './shell.json';
import standards from './standards.json';
import surveillance from './surveillance.json';
import task from './task.json';
import timeline from './timeline.json';
import whereabouts from './whereabouts.json';

export default {
  apply,
  audit,
  auth,
  common,
  decision,
  definitions,
  error,
  form,
  formBuilder,
  inbox,
  incidents,
  instance,
  instanceList,
  masterData,
  migration,
  notices,
  offline,
  operate,
  operations,
  quality,
  qualitySet,
  refusal,
  registry,
  retention,
  routing,
  settings,
  shell,
  surveillance,
  standards,
  task,
  timeline,
  whereabouts,
};
