import { aspnet } from './aspnet.ts';
import { auth0 } from './auth0.ts';
import { betterAuth } from './better-auth.ts';
import { cognito } from './cognito.ts';
import { devise } from './devise.ts';
import { django } from './django.ts';
import { firebase } from './firebase.ts';
import { keycloak } from './keycloak.ts';
import { kratos } from './kratos.ts';
import { laravel } from './laravel.ts';
import { ldap } from './ldap.ts';
import { spring } from './spring.ts';
import { supabase } from './supabase.ts';
import type { ForeignSystem } from './system.ts';
import { wordpress } from './wordpress.ts';

/** The systems whose exports are read, by the names that `--from` takes. */
export const systems: Readonly<Record<string, ForeignSystem>> = {
  aspnet,
  auth0,
  'better-auth': betterAuth,
  cognito,
  devise,
  django,
  firebase,
  keycloak,
  kratos,
  laravel,
  ldap,
  spring,
  supabase,
  wordpress,
};
